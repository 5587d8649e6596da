"""Procedures and facts that many rooms use: agreement on papers, service, reversal, publication."""
