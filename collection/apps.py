from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "collection"
    verbose_name = "Thu thập số liệu"

    def ready(self) -> None:
        from collection import trail
        from collection.actions import anomalies
        from collection.signals import submissions_changed
        from schools.trail import name_words

        name_words(actions=trail.ACTIONS, facts=trail.FACTS, values=trail.VALUES, namers=trail.NAMERS)
        submissions_changed.connect(anomalies.on_submissions_changed, dispatch_uid="anomalies")
