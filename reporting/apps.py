from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = "Báo cáo"

    def ready(self) -> None:
        from collection.signals import period_opened, submissions_changed
        from reporting import totals
        from reporting import trail as templates
        from reporting.drafts import trail as drafts
        from reporting.editions import trail as editions
        from schools.trail import name_words

        submissions_changed.connect(totals.on_submissions_changed, dispatch_uid="totals")
        period_opened.connect(totals.on_period_opened, dispatch_uid="totals")
        for trail in (drafts, editions, templates):
            name_words(actions=trail.ACTIONS, facts=trail.FACTS, values={})
