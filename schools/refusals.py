"""Why schools says no. The text is the sentence for the screen: it tells what to do."""


class Refused(ValueError):
    """A change of units, users or registers that the rules do not allow; nothing was changed."""
