"""Evaluating a contract: framing, questions chosen together, evidence, judgements side by side, recommendations."""
