"""Whether a Word file can be the template of reports: a list of sentences, empty when it can.

Nothing of the file is opened in this process: a limited child looks it over and fills it in.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from django.utils.translation import gettext_lazy

from dxreport.lib import limited
from reporting.report.template.trial import problems

MIB = 1024 * 1024
LARGEST_FILE = 5 * MIB
MOST_SENTENCES = 30
LIMITS = limited.Limits(cpu_seconds=20, wall_seconds=40, output=MIB)
logger = logging.getLogger(__name__)

_AGAIN = gettext_lazy("Hãy mở tệp bằng Word hoặc LibreOffice, lưu lại dạng .docx rồi tải lên.")
SENTENCES = {
    # What the file is.
    "empty-file": gettext_lazy("Tệp rỗng, không có nội dung. Hãy chọn lại tệp mẫu Word (.docx)."),
    "file": gettext_lazy("Tệp lớn hơn %(most)s MB. Hãy giảm dung lượng hình ảnh trong mẫu rồi tải lên lại."),
    "old-doc": gettext_lazy(
        "Đây là tệp Word đời cũ (.doc). Hãy mở tệp, chọn lưu dạng “Word Document (.docx)” rồi tải lên."
    ),
    "encrypted": gettext_lazy("Tệp đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu, lưu lại dạng .docx."),
    "not-word": gettext_lazy(
        "Đây không phải văn bản Word .docx. Hãy tải mẫu đang dùng về, sửa và lưu lại dạng .docx rồi tải lên."
    ),
    "half": gettext_lazy("Tệp bị hỏng hoặc tải lên dở dang nên không mở được."),
    # How it is packed.
    "entries": gettext_lazy("Tệp gồm %(found)s phần, nhiều hơn mức %(most)s phần của một văn bản."),
    "name": gettext_lazy("Tệp có phần mang tên không hợp lệ “%(part)s”."),
    "twice": gettext_lazy("Tệp có hai phần cùng tên “%(part)s”."),
    "size": gettext_lazy("Tệp sau khi giải nén lớn hơn %(most)s MB. Hãy bỏ bớt hình ảnh rồi tải lên lại."),
    "ratio": gettext_lazy("Phần “%(part)s” của tệp nén quá %(most)s lần, không giống văn bản thông thường."),
    "method": gettext_lazy("Phần “%(part)s” của tệp nén theo cách lạ."),
    "large-text": gettext_lazy("Nội dung của mẫu lớn hơn %(most)s MB. Hãy bắt đầu lại từ mẫu tải về."),
    "broken-part": gettext_lazy("Phần “%(part)s” của tệp bị hỏng nên không đọc được."),
    "doctype": gettext_lazy("Phần “%(part)s” có khai báo DTD, là điều bị cấm trong văn bản Word."),
    "stopped": gettext_lazy(
        "Mẫu quá lớn hoặc quá phức tạp nên đã dừng kiểm tra giữa chừng. Hãy bắt đầu lại từ mẫu tải về."
    ),
    "unreadable": gettext_lazy("Không đọc được tệp này. Hãy bắt đầu lại từ mẫu tải về."),
    # What it carries.
    "macros": gettext_lazy("Mẫu có chứa macro (%(part)s). Hãy lưu dạng .docx không có macro rồi tải lên."),
    "links": gettext_lazy(
        "Mẫu có liên kết ra ngoài (%(part)s). Hãy bỏ liên kết, chèn hẳn hình ảnh vào mẫu rồi tải lên."
    ),
    "embedded": gettext_lazy("Mẫu có đối tượng nhúng (%(part)s). Hãy xóa đối tượng đó rồi tải lên."),
    "field": gettext_lazy(
        "Mẫu có trường “%(part)s” lấy nội dung từ nơi khác. Hãy xóa trường đó; "
        "chỉ dùng được các trường đánh số như PAGE, NUMPAGES."
    ),
    # What its tags say.
    "syntax": gettext_lazy(
        "Không đọc được thẻ %(tag)s: thẻ viết sai, hoặc thẻ for, if thiếu thẻ đóng endfor, endif."
    ),
    "many-tags": gettext_lazy("Mẫu có hơn %(most)s thẻ. Hãy bắt đầu lại từ mẫu tải về."),
    "unknown": gettext_lazy("Thẻ %(tag)s: không có mục nào tên là “%(name)s”."),
    "unknown-near": gettext_lazy("Thẻ %(tag)s: không có mục nào tên là “%(name)s”, có phải là “%(near)s”?"),
    "python": gettext_lazy("Thẻ %(tag)s tìm cách gọi vào chương trình, là điều bị cấm. Hãy xóa thẻ này."),
    "call": gettext_lazy("Thẻ %(tag)s gọi hàm; thẻ chỉ được nêu tên mục. Hãy xóa thẻ này."),
    "expression": gettext_lazy("Thẻ %(tag)s có phép tính; thẻ chỉ được nêu tên mục và so sánh."),
    "filter": gettext_lazy("Thẻ %(tag)s: không dùng được bộ lọc “%(name)s” ở đây."),
    "statement": gettext_lazy("Thẻ %(tag)s không dùng được; mẫu chỉ có các thẻ for và if."),
    "whole": gettext_lazy("Thẻ %(tag)s nêu cả một danh sách; hãy dùng thẻ for để in từng mục."),
    "no-list": gettext_lazy("Thẻ %(tag)s: mục này không phải danh sách, không lặp được."),
    "taken": gettext_lazy("Thẻ %(tag)s: tên “%(name)s” đã là tên của một mục. Hãy đặt tên khác."),
    "nested": gettext_lazy(
        "Thẻ %(tag)s lặp một danh sách trong vòng lặp của danh sách khác, mẫu sẽ dài ra không giới hạn. "
        "Hãy đưa thẻ ra ngoài vòng lặp."
    ),
    "needs-r": gettext_lazy("Các thẻ block.runs và block.picture phải viết là {{r block.runs }}, có chữ r."),
    "trial": gettext_lazy("Điền thử vào mẫu không được (%(reason)s). Hãy bắt đầu lại từ mẫu tải về."),
    "lost": gettext_lazy("Mẫu không còn chỗ in: %(name)s. Hãy chép lại thẻ của mục này từ mẫu tải về."),
}
_TO_BE_SAVED_AGAIN = frozenset(
    {"half", "entries", "name", "twice", "ratio", "method", "broken-part", "doctype"}
)


def check_template(data: bytes) -> list[str]:
    """What is wrong with a .docx as the template of reports, a sentence each; nothing when it can be used."""
    if len(data) > LARGEST_FILE:
        return [_sentence("file", {"most": LARGEST_FILE // MIB})]
    try:
        outcome = limited.run(problems, data, limits=LIMITS, with_packages=True)
    except limited.Refused as refused:
        return [_sentence(refused.code, refused.named)]
    except limited.LimitReached:
        return [_sentence("stopped", {})]
    except limited.Crashed as error:
        logger.warning("A template could not be checked: %s", error)
        return [_sentence("unreadable", {})]
    sentences = [_sentence(one["code"], one["named"]) for one in outcome.values]
    return list(dict.fromkeys(sentences))[:MOST_SENTENCES]


def _sentence(code: str, named: Mapping[str, str | int]) -> str:
    said = str(SENTENCES[code]) % named if named else str(SENTENCES[code])
    return f"{said} {_AGAIN}" if code in _TO_BE_SAVED_AGAIN else said
