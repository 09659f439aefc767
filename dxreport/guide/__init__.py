"""The user guide: task by task, the reader's role first, with pictures of the real pages.

Its text is Vietnamese and stands in `templates/guide/topics/`; its frame is translated. It has no
models and reads nothing but its own templates and who is signed in.
"""
