"""Fifth stage: the relations that an auditor would check, found in the words around the figures."""
