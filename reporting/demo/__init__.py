"""The demo province: generated from a seed, loaded through the actions that real data takes.

Modules up to `registers` are pure: the same seed gives the same province, with no database.
Only `loader` writes, and only by calling actions. What is published and what is invented
stands in `published`; docs/demo.md tells the choices.
"""
