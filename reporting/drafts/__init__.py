"""Drafts of reports: who may write what, saving without losing words, differences, the editor's pages."""
