"""Contract, local conventions, objectives, signatories with their referents, competences, bodies and meetings."""
