"""Commitments of the signatories, promises, check-ins, proofs, and the snapshots that a body validates."""
