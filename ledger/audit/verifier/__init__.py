"""The offline verifier: the standard library and itself, nothing of the ledger's own code.

Its modules are joined into one file, ``verify.py`` (:mod:`ledger.audit.standalone`), which an
auditor runs alone; ``supervision-ledger bundle verify`` runs the same modules.
"""
