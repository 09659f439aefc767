"""Who gets what at every address of the house: the table that `test_table.py` tries out.

A row is one method and address with eight outcomes, one for each role, in this order:

    clerk reviewer officer leader administrator auditor nobody anonymous

The clerk sits in a school, the reviewer in its district office; officer, leader, administrator and
auditor sit once in the department and once in the district office. "Nobody" has no membership.
An outcome is a status, or "login" (asked to sign in). "200/403" differs: in the department 200, in
the district office 403.

An address that names a unit or a submission ({unit}, {submission_id} ...; all names in
`house.py`) is tried at four places: one's own school, the school beside it, one of another
district, and one's own in a closed period. The outcomes are those within one's scope; outside it
the outcome is 404, or `outside` (one for all, or a line of eight). In the closed period `closed` stands in
the place of what is otherwise done (200, 302); nothing changes there then.

**To add a route**, write one row:

    Row("GET", "/submissions/{period}/{unit}/{form}/check/", ENTERS),
    Row("POST", "/submissions/{period}/{unit}/{form}/cells/", ENTERS_JSON, closed="409",
        json={"cells": {"{element}": {"value": "31", "base": "0"}}}),

`given` says how the submission stands: draft, submitted, approved, returned (add to `GIVEN` in
`house.py` for anything else). `lists_units` says that the page names all schools of the reader's scope. A
post that is done must change the tables, unless `has_effect=False`; anything else must not. No
page may name a school outside the reader's scope. An address without a leading "/" is a pattern over
the routes as urls.py has them, for classes of routes whose outcomes are alike.
"""

from tests.access.rows import Row

SUBMISSION = "/submissions/{period}/{unit}/{form}/"
SECTION = "/report/draft/{draft}/general/"

# Pages: clerk reviewer officer leader administrator auditor nobody anonymous
PUBLIC = "200 200 200 200 200 200 200 200"
SIGNED_IN = "200 200 200 200 200 200 200 login"
SEES = "200 200 200 200 200 200 404 login"
SAVES = "302 302 302 302 302 302 404 login"
SENT_TO_FORM = "302 200 200 200 200 200 404 login"  # who works for a single unit
HAS_NO_FIGURES = "404 404 404 404 404 404 404 login"
EXPORTS = "403 200 200 200 403 403 404 login"
HISTORY = "200 200 200 403 200 200 404 login"
REVIEWS = "403 200 200 403 403 403 404 login"
OFFICERS = "403 403 200 403 403 403 404 login"
# Lists that only some may open at all.
REGISTERS = "200 200 200 403 403 403 403 login"
TRAIL = "200 200 200 403 200 200 403 login"
COUNTS = "403 200 200 200 403 403 403 login"
PERIODS = "403 403 200/403 403 403 403 403 login"
REVIEWERS = "403 200 200 403 403 403 403 login"
LOOKS_AFTER_TEMPLATES = "403 403 200 403 403 403 403 login"
SENDS = "200 200 200 403 403 403 403 login"
# What is one person's alone, to everybody else.
ANOTHERS = "404 404 404 404 404 404 404 login"
# What is done, and leads on.
ENTERS = "302 302 302 403 403 403 404 login"
ENTERS_JSON = "200 200 200 403 403 403 404 401"
DECIDES = "403 302 302 403 403 403 404 login"
DECIDES_JSON = "403 200 200 403 403 403 404 401"
SEES_JSON = "200 200 200 200 200 200 404 401"
REMARKS = "403 302 302 302 403 403 404 login"
OFFICERS_DO = "403 403 302 403 403 403 404 login"
PERIODS_DO = "403 403 302/403 403 403 403 403 login"
SCREENS = "403 302 302 403 403 403 403 login"
SCREENS_AWAY = "403 404 404 403 403 403 403 login"
EXTENDS = "403 403 302 403 403 403 403 login"
ONLY_POSTED = "405 405 405 405 405 405 405 405"
# The entrance.
MOVES = "302 302 302 302 302 302 302 302"
MOVES_SIGNED_IN = "302 302 302 302 302 302 302 login"
ENTRANCE = "302 302 302 302 302 302 302 200"
LEAVES = "200 200 200 200 200 200 200 302"
NOT_SET_UP = "404 404 404 404 404 404 404 login"
# The administration. Everybody with a role is let near it here, so that the role alone decides;
# who may not see one object is led back to the start (302).
AT_DESK = "200 200 200 200 200 200 login login"
NOWHERE = "404 404 404 404 404 404 login login"
SHUT = "403 403 403 403 403 403 login login"
CATALOGUE = "403 403 200/403 403 200/403 403 login login"
CATALOGUE_DOES = "403 403 302/403 403 302/403 403 login login"
LOOKS = "200 200 200 403 200 200 login login"
LOOKS_AWAY = "302 302 302 403 302 302 login login"
LOOKS_BACK = "200 200 200 302 200 200 login login"
LOOKS_AT_THE_TOP = "302 302 200/302 403 200/302 200/302 login login"
LOOKS_BACK_AT_THE_TOP = "302 302 200/302 302 200/302 200/302 login login"
UNITS = "403 403 200 403 200 403 login login"
UNITS_AWAY = "403 403 302 403 302 403 login login"
UNITS_BACK = "302 302 200 302 200 302 login login"
ACCOUNTS = "403 403 403 403 200 403 login login"
ACCOUNTS_AWAY = "403 403 403 403 302 403 login login"
ACCOUNTS_BACK = "302 302 302 302 200 302 login login"

EDITION = "/editions/{edition}/"
PUBLISHES = "403 403 200 200 403 403 404 login"
PUBLISHES_NOW = "403 403 302 302 403 403 404 login"

TABLE = [
    # --- what it shows ---------------------------------------------------------------------
    Row("GET", "/", SIGNED_IN),
    Row("GET", "/units/{unit}/?period={period}", SEES),
    Row("GET", "/units/{unit}/figures/?period={period}", SEES),
    Row("GET", "/units/{unit}/figures.csv?period={period}", SEES),
    Row("GET", "/units/{unit}/figures.xlsx?period={period}", SEES),
    Row("GET", "/units/{unit}/beside/?period={period}", SEES),
    Row("GET", "/units/{unit}/beside.csv?period={period}", SEES),
    Row("GET", "/units/{unit}/beside.xlsx?period={period}", SEES),
    Row("GET", "/units/{unit}/indicators/{indicator}/?period={period}", SEES),
    Row("GET", "/units/{unit}/indicators/{indicator}/behind/?period={period}", SEES),
    Row("GET", "/units/{unit}/indicators/{indicator}/behind.csv?period={period}", SEES),
    Row("GET", "/units/{unit}/indicators/{indicator}/behind.xlsx?period={period}", SEES),
    Row("GET", "/units/{unit}/indicators/{indicator}/missing/?period={period}", SEES),
    Row("GET", "/units/{unit}/indicators/{indicator}/missing.csv?period={period}", SEES),
    Row("GET", "/units/{unit}/indicators/{indicator}/missing.xlsx?period={period}", SEES),
    Row("GET", "/units/{unit}/charts/?period={period}", SEES),
    # What the page shows may be kept; here it shows nothing yet.
    Row("GET", "/units/{unit}/charts/targets.csv?period={period}", HAS_NO_FIGURES),
    Row("GET", "/explore/", SIGNED_IN),
    Row("GET", "/explore/?unit={unit}&period={period}", SEES),
    Row("GET", "/explore/?units={unit}&period={period}", SEES),
    Row("POST", "/explore/saved/", SAVES, post={"name": "Bảng A", "query": "unit={unit}&period={period}"}),
    Row("POST", "/explore/saved/1/", ANOTHERS, post={"do": "delete", "version": "0"}),
    Row("GET", "/explore/table.xlsx?unit={unit}&period={period}", SEES),
    Row("GET", "/explore/table.csv?units={unit}", SEES),
    Row("GET", "/explore/table.long.csv?unit={unit}", SEES),
    Row("GET", "/units/{unit}/indicators/{indicator}.json?period={period}", SEES),
    Row("GET", "/units/{unit}/indicators/{indicator}.csv?period={period}", SEES),
    Row("GET", "/units/{unit}/indicators/{indicator}.xlsx?period={period}", SEES),
    Row("GET", "/appendix/", SIGNED_IN),
    Row("GET", "/appendix/?unit={unit}&period={period}", SEES),
    Row("GET", "/appendix.xlsx?unit={unit}&period={period}", EXPORTS),
    Row("GET", "/report/", SIGNED_IN),
    Row("GET", "/report/?unit={unit}&period={period}", SEES),
    Row("GET", "/report.html?unit={unit}&period={period}", EXPORTS),
    Row("GET", "/report.docx?unit={unit}", EXPORTS),
    Row("GET", "/report/draft/", SIGNED_IN),
    Row("GET", "/report/draft/?unit={unit}&period={period}", SEES),
    Row("GET", "/report/draft/?unit={unit}&period={period}", SEES, given="drafted"),
    Row("POST", "/report/draft/begin/", DECIDES, post={"unit": "{unit}", "period": "{period}"}),
    Row("GET", SECTION, SEES, given="drafted"),
    Row("POST", SECTION, DECIDES, given="drafted", post={"text": "Câu mới.", "version": "1"}),
    Row("POST", SECTION + "save/", DECIDES_JSON, given="drafted", json={"text": "Câu mới.", "version": 1}),
    Row("POST", SECTION + "preview/", SEES_JSON, given="drafted", json={"text": "Câu."}, has_effect=False),
    Row("GET", SECTION + "insertions/", SEES, given="drafted"),
    Row("GET", SECTION + "versions/", SEES, given="drafted"),
    Row("POST", SECTION + "versions/", DECIDES, given="drafted", post={"do": "reset"}, has_effect=False),
    Row("POST", SECTION + "remarks/", REMARKS, given="drafted", post={"text": "Vì sao?"}),
    Row("POST", SECTION + "authors/", DECIDES, given="drafted", post={"author": "{user_id}"}),
    Row("GET", "/report/template/", LOOKS_AFTER_TEMPLATES),
    Row("GET", "/report/template/?unit={unit}", OFFICERS),
    Row("POST", "/report/template/?unit={unit}", "403 403 422 403 403 403 404 login", has_effect=False),
    Row(
        "POST",
        "/report/template/retire/",
        "403 403 409 403 403 403 404 login",
        post={"unit": "{unit}"},
        has_effect=False,
    ),
    Row("GET", "/report/template/delivered/", LOOKS_AFTER_TEMPLATES),
    Row("GET", "/report/template/1/file/", "403 403 404 403 403 403 403 login"),
    Row("GET", "/appendix/template/", LOOKS_AFTER_TEMPLATES),
    Row("GET", "/appendix/template/?unit={unit}", OFFICERS),
    Row("POST", "/appendix/template/?unit={unit}", "403 403 422 403 403 403 404 login", has_effect=False),
    Row(
        "POST",
        "/appendix/template/retire/",
        "403 403 409 403 403 403 404 login",
        post={"unit": "{unit}"},
        has_effect=False,
    ),
    Row("GET", "/appendix/template/delivered/", LOOKS_AFTER_TEMPLATES),
    Row("GET", "/appendix/template/1/file/", "403 403 404 403 403 403 403 login"),
    Row("GET", "/lint/", COUNTS),
    Row("POST", "/lint/", "403 422 422 422 403 403 403 login", has_effect=False),
    Row("GET", "/indicators/", SIGNED_IN),
    Row("GET", "/indicators/file.csv", SIGNED_IN),
    Row("GET", "/indicators/{indicator}/", SIGNED_IN),
    Row("GET", "/elements/", SIGNED_IN),
    Row("GET", "/elements/file.csv", SIGNED_IN),
    Row("GET", "/elements/{element}/", SIGNED_IN),
    # --- the guide: nothing in it is a secret, and who cannot sign in needs it most ------------
    Row("GET", "/guide/", PUBLIC),
    Row("GET", "/guide/?q=nop", PUBLIC),
    Row("GET", "/guide/entering/", PUBLIC),
    Row("POST", "/guide/hint/", MOVES_SIGNED_IN, post={"next": "/"}, has_effect=False),
    # --- what was published -----------------------------------------------------------------
    Row("GET", "/editions/", SIGNED_IN, given="published", lists_units=True),
    Row("GET", "/editions/file.csv", SIGNED_IN, given="published", lists_units=True),
    Row("GET", EDITION, SEES, given="published"),
    Row("GET", EDITION + "docx", SEES, given="published"),
    Row("GET", EDITION + "compare/", SEES, given="published"),
    Row("GET", EDITION + "compare.csv", SEES, given="published"),
    Row("GET", EDITION + "compare/{correction}/", SEES, given="published"),
    Row("GET", EDITION + "compare/{correction}.csv", SEES, given="published"),
    Row("GET", "/report/draft/{report}/publish/", PUBLISHES, given="published"),
    Row(
        "POST",
        "/report/draft/{report}/publish/",
        PUBLISHES_NOW,
        given="published",
        post={"reason": "Sửa lần nữa", "acknowledged": "{seen}"},
    ),
    # --- who reports -----------------------------------------------------------------------
    Row("GET", "/org-units/", SIGNED_IN, lists_units=True),
    Row("GET", "/org-units/file.csv", SIGNED_IN, lists_units=True),
    Row("GET", "/teachers/", REGISTERS),
    Row("GET", "/teachers/file.csv", REGISTERS),
    Row("GET", "/students/", REGISTERS),
    Row("GET", "/students/file.xlsx", REGISTERS),
    Row("GET", "/audit/", TRAIL),
    Row("GET", "/audit/file.csv", TRAIL),
    # --- what was reported -----------------------------------------------------------------
    Row("GET", "/submissions/", SIGNED_IN, lists_units=True),
    Row("GET", "/submissions/file.csv", SIGNED_IN, lists_units=True),
    Row("GET", SUBMISSION, SEES),
    Row("GET", SUBMISSION, SEES, given="approved"),
    Row("POST", SUBMISSION, ENTERS, closed="409", post={"v-{element}": "31", "b-{element}": "{base}"}),
    Row("GET", SUBMISSION + "cells/", ONLY_POSTED, outside="405"),
    Row(
        "POST",
        SUBMISSION + "cells/",
        ENTERS_JSON,
        closed="409",
        json={"cells": {"{element}": {"value": "31", "base": "{base}"}}},
    ),
    Row("GET", "/grid/2023/TRUONG/", SENT_TO_FORM, lists_units=True),
    Row("GET", "/grid/{period}/{form}/?under={unit}", SEES),
    Row("GET", "/grid/2023/TRUONG/cells/", "405 405 405 405 405 405 405 405"),
    Row(
        "POST",
        "/grid/{period}/{form}/cells/",
        ENTERS_JSON,
        closed="409",
        json={"units": {"{unit}": {"cells": {"{element}": {"value": "31", "base": "{base}"}}}}},
    ),
    Row("GET", SUBMISSION + "check/", SEES),
    Row(
        "POST",
        SUBMISSION + "check/",
        ENTERS,
        closed="409",
        given="entered",
        post={"do": "submit", "version": "{version}"},
    ),
    Row("GET", SUBMISSION + "receipt/", SEES, given="submitted"),
    Row("GET", SUBMISSION + "footnotes/{element}/", "405 405 405 405 405 405 405 405", outside="405"),
    Row("POST", SUBMISSION + "footnotes/{element}/", DECIDES, given="explained", post={"do": "mark"}),
    Row("GET", SUBMISSION + "review/", REVIEWS),
    Row(
        "POST",
        SUBMISSION + "review/",
        DECIDES,
        closed="409",
        given="submitted",
        post={"do": "approve", "version": "{version}"},
    ),
    Row(
        "POST",
        SUBMISSION + "review/",
        DECIDES,
        closed="409",
        given="submitted",
        post={"do": "return", "version": "{version}", "r-{element}": "thiếu hợp đồng"},
    ),
    Row("GET", SUBMISSION + "reopen/", OFFICERS),
    Row(
        "POST", SUBMISSION + "reopen/", OFFICERS_DO, closed="422", given="approved", post={"reason": "số sai"}
    ),
    Row("GET", SUBMISSION + "extension/", OFFICERS),
    Row(
        "POST", SUBMISSION + "extension/", OFFICERS_DO, post={"due_on": "2099-12-31", "reason": "đường bị lũ"}
    ),
    Row("GET", SUBMISSION + "history/", HISTORY),
    Row("GET", SUBMISSION + "history/{element}/", HISTORY),
    Row("GET", "/periods/", PERIODS),
    Row("POST", "/periods/", PERIODS_DO, post={"do": "close", "period": "2023"}),
    Row("GET", "/submissions/matrix/", REVIEWERS),
    Row("GET", "/submissions/matrix/?show=units", REVIEWERS, lists_units=True),
    *(Row("GET", f"/submissions/matrix/{done}/", ONLY_POSTED) for done in ("remind", "approve", "extend")),
    # In a closed period nobody is reminded and nothing approved: the page says so, and nothing changes.
    Row(
        "POST",
        "/submissions/matrix/remind/",
        SCREENS,
        outside=SCREENS_AWAY,
        closed="302",
        post={"pick": "{submission_id}:{version}"},
    ),
    Row(
        "POST",
        "/submissions/matrix/approve/",
        REVIEWERS,
        outside=SCREENS_AWAY,
        given="submitted",
        post={"pick": "{submission_id}:{version}"},
        has_effect=False,
    ),
    Row(
        "POST",
        "/submissions/matrix/approve/",
        SCREENS,
        outside=SCREENS_AWAY,
        closed="302",
        given="submitted",
        post={"pick": "{submission_id}:{version}", "confirmed": "yes"},
    ),
    Row(
        "POST",
        "/submissions/matrix/extend/",
        EXTENDS,
        outside=SCREENS_AWAY,
        post={"pick": "{submission_id}:{version}", "due_on": "2099-12-31", "reason": "đường bị lũ"},
    ),
    Row("GET", SUBMISSION + "workbook.xlsx", SEES),
    Row("GET", "/workbooks/2023/TRUONG.xlsx", SEES, lists_units=True),
    Row("GET", "/workbooks/{period}/{form}.xlsx?under={unit}", SEES),
    Row("GET", "/workbooks/", SENDS),
    Row("POST", "/workbooks/", "422 422 422 403 403 403 403 login"),
    Row("POST", "/workbooks/batches/", "422 422 422 403 403 403 403 login"),
    Row("GET", "/workbooks/batches/1/", ANOTHERS),
    Row("POST", "/workbooks/batches/1/", ANOTHERS, post={"do": "confirm"}),
    Row("GET", "/workbooks/uploads/1/", ANOTHERS),
    Row("POST", "/workbooks/uploads/1/", ANOTHERS, post={"do": "confirm"}),
    Row("GET", "/workbooks/uploads/1/file.xlsx", ANOTHERS),
    Row("GET", "/workbooks/uploads/1/marked.xlsx", ANOTHERS),
    Row("GET", "/anomalies/", SIGNED_IN, given="out of line", lists_units=True),
    Row("GET", "/anomalies/file.csv", SIGNED_IN, given="out of line", lists_units=True),
    Row("POST", "/anomalies/", SCREENS, post={"period": "2023"}, has_effect=False),
    Row("GET", SUBMISSION + "anomalies/{element}/history/", SEES, given="out of line"),
    Row(
        "POST",
        SUBMISSION + "anomalies/{element}/history/",
        DECIDES,
        given="out of line",
        post={"do": "confirm", "judged": "1010", "reason": "đã đếm lại"},
    ),
    Row("GET", "/completeness/", COUNTS),
    Row("GET", "/completeness/?under=DN-1", COUNTS),
    Row("GET", "/completeness/file.csv?under=DN-1", COUNTS),
    Row("GET", "/notices/", SIGNED_IN),
    Row("POST", "/notices/", MOVES_SIGNED_IN, post={"do": "all"}, has_effect=False),
    # --- the entrance: nothing of ours to see, so only who is asked to sign in ------------------
    Row("GET", "/favicon.ico", MOVES),
    Row("GET", "/language/setlang/", MOVES),
    Row("GET", "/_look/", PUBLIC),
    Row("GET", "/_look/403/", PUBLIC),
    Row("GET", "/accounts/login/", ENTRANCE),
    Row("GET", "/accounts/signup/", ENTRANCE),
    Row("GET", "/accounts/logout/", LEAVES),
    Row("GET", "/accounts/inactive/", PUBLIC),
    Row("GET", "/accounts/reauthenticate/", SIGNED_IN),
    Row("GET", "/accounts/email/", SIGNED_IN),
    Row("GET", "/accounts/confirm-email/", PUBLIC),
    Row("GET", "/accounts/confirm-email/key/", PUBLIC),
    Row("GET", "/accounts/login/code/confirm/", MOVES),
    Row("GET", "/accounts/password/change/", SIGNED_IN),
    Row("GET", "/accounts/password/set/", MOVES_SIGNED_IN),
    Row("GET", "/accounts/password/reset/", PUBLIC),
    Row("GET", "/accounts/password/reset/done/", PUBLIC),
    Row("GET", "/accounts/password/reset/key/1-key/", PUBLIC),
    Row("GET", "/accounts/password/reset/key/done/", PUBLIC),
    Row("GET", "/accounts/2fa/", SIGNED_IN),
    Row("GET", "/accounts/2fa/authenticate/", MOVES),
    Row("GET", "/accounts/2fa/reauthenticate/", MOVES_SIGNED_IN),
    Row("GET", "/accounts/2fa/totp/activate/", MOVES_SIGNED_IN),
    Row("GET", "/accounts/2fa/totp/deactivate/", NOT_SET_UP),
    Row("GET", "/accounts/2fa/recovery-codes/", NOT_SET_UP),
    Row("GET", "/accounts/2fa/recovery-codes/generate/", MOVES_SIGNED_IN),
    Row("GET", "/accounts/2fa/recovery-codes/download/", NOT_SET_UP),
    # --- the administration ----------------------------------------------------------------
    Row("GET", "/admin/", AT_DESK),
    Row("GET", "/admin/login/", "302 302 302 302 302 302 403 login"),
    Row("GET", "/admin/logout/", "405 405 405 405 405 405 302 302"),
    Row("GET", "/admin/password_change/", AT_DESK),
    Row("GET", "/admin/password_change/done/", AT_DESK),
    Row("GET", "/admin/jsi18n/", AT_DESK),
    Row("GET", "/admin/autocomplete/?app_label=schools&model_name=membership&field_name=unit", UNITS),
    Row("GET", "/admin/r/1/1/", NOWHERE),
    Row("GET", "/admin/nowhere/", NOWHERE),
    Row("GET", "/admin/schools/", "200 200 200 404 200 200 login login"),
    Row("GET", "admin/*/*/<path:object_id>/", "302 302 302 302 302 302 login login"),
    # What was reported: to be looked at, within one's scope.
    Row("GET", "admin/collection/*/", LOOKS),
    Row("GET", "admin/collection/*/add/", SHUT),
    Row("GET", "admin/collection/*/<path:object_id>/delete/", SHUT),
    Row("POST", "admin/collection/*/<path:object_id>/delete/", SHUT, post={"post": "yes"}),
    Row("POST", "admin/collection/*/<path:object_id>/change/", SHUT, post={"state": "approved"}),
    Row("GET", "admin/collection/reportingperiod/<path:object_id>/change/", LOOKS),
    Row("GET", "admin/collection/reportingperiod/<path:object_id>/history/", LOOKS),
    Row("GET", "/admin/collection/submission/{submission_id}/change/", LOOKS, outside=LOOKS_AWAY),
    Row("GET", "/admin/collection/submission/{submission_id}/history/", LOOKS_BACK, outside="302"),
    Row("GET", "/admin/collection/datavalue/{value_id}/change/", LOOKS, outside=LOOKS_AWAY),
    Row("GET", "/admin/collection/datavalue/{value_id}/history/", LOOKS_BACK, outside="302"),
    # Who reports: units to those who manage the catalogue, accounts to administrators.
    Row("GET", "/admin/schools/orgunit/", UNITS),
    Row("GET", "/admin/schools/orgunit/add/", UNITS),
    Row("GET", "/admin/schools/orgunit/{unit_id}/change/", UNITS, outside=UNITS_AWAY),
    Row("GET", "/admin/schools/orgunit/{unit_id}/history/", UNITS_BACK, outside="302"),
    Row("GET", "/admin/schools/schoolprofile/", UNITS),
    Row("GET", "/admin/schools/schoolprofile/add/", SHUT),
    Row("GET", "/admin/schools/schoolprofile/{profile_id}/change/", UNITS, outside=UNITS_AWAY),
    Row("GET", "/admin/schools/schoolprofile/{profile_id}/history/", UNITS_BACK, outside="302"),
    Row("GET", "/admin/schools/user/", ACCOUNTS),
    Row("GET", "/admin/schools/user/add/", ACCOUNTS),
    Row("GET", "/admin/schools/user/{user_id}/change/", ACCOUNTS, outside=ACCOUNTS_AWAY),
    Row("GET", "/admin/schools/user/{user_id}/history/", ACCOUNTS_BACK, outside="302"),
    Row("GET", "/admin/schools/placement/", LOOKS),
    Row("GET", "/admin/schools/placement/add/", SHUT),
    Row("GET", "/admin/schools/placement/{placement_id}/change/", LOOKS, outside=LOOKS_AWAY),
    Row("GET", "/admin/schools/placement/{placement_id}/history/", LOOKS_BACK, outside="302"),
    # The one succession is that of a school right below the department.
    Row("GET", "/admin/schools/succession/", LOOKS),
    Row("GET", "/admin/schools/succession/add/", SHUT),
    Row("GET", "admin/schools/succession/<path:object_id>/change/", LOOKS_AT_THE_TOP),
    Row("GET", "admin/schools/succession/<path:object_id>/history/", LOOKS_BACK_AT_THE_TOP),
    Row("GET", "/admin/schools/auditevent/", LOOKS),
    Row("GET", "/admin/schools/auditevent/add/", SHUT),
    Row("GET", "/admin/schools/auditevent/{event_id}/change/", LOOKS, outside=LOOKS_AWAY),
    Row("GET", "/admin/schools/auditevent/{event_id}/history/", LOOKS_BACK, outside="302"),
    *(
        Row("GET", f"admin/schools/{word}/{page}", CATALOGUE)
        for word in ("unitkind", "educationlevel")
        for page in ("", "add/", "<path:object_id>/change/", "<path:object_id>/history/")
    ),
    Row("GET", "admin/schools/*/<path:object_id>/delete/", SHUT),
    Row("POST", "admin/schools/*/<path:object_id>/delete/", SHUT, post={"post": "yes"}),
    # What is measured: one catalogue for all, kept by the department.
    Row("GET", "admin/indicators/*/", CATALOGUE),
    Row("GET", "admin/indicators/*/add/", CATALOGUE),
    Row("GET", "admin/indicators/*/<path:object_id>/change/", CATALOGUE),
    Row("GET", "admin/indicators/*/<path:object_id>/history/", CATALOGUE),
    Row("GET", "admin/indicators/*/<path:object_id>/delete/", CATALOGUE),
    Row("POST", "admin/indicators/rule/<path:object_id>/delete/", CATALOGUE_DOES, post={"post": "yes"}),
    # What other packages keep is nobody's but a superuser's.
    *(
        Row("GET", f"admin/{kept}/*/{page}", SHUT)
        for kept in ("auth", "account", "mfa", "django_tasks_database")
        for page in ("", "add/", "<path:object_id>/change/", "<path:object_id>/delete/")
    ),
    *(
        Row("GET", f"admin/{kept}/*/<path:object_id>/history/", "302 302 302 302 302 302 login login")
        for kept in ("auth", "account", "mfa", "django_tasks_database")
    ),
]
