"""What changes reporting's own records: keyword-only, one transaction, actor and audit inside."""

from .templates import keep_template, retire_template

__all__ = ["keep_template", "retire_template"]
