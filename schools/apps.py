from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "schools"
    verbose_name = "Đơn vị và người dùng"

    def ready(self) -> None:
        from schools import trail

        trail.name_words(actions=trail.ACTIONS, facts=trail.FACTS, values=trail.VALUES)
