"""Comparing vendors by sealed rules (DOMAIN 5.5): points never outweigh proof, and every figure adds up.

An evaluator gives a *mark*; what is computed from marks, rules and proof is a *score*.
"""
