from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "collection"
    verbose_name = "Thu thập số liệu"

    def ready(self) -> None:
        from collection import trail
        from schools.trail import name_words

        name_words(actions=trail.ACTIONS, facts=trail.FACTS, values=trail.VALUES)
