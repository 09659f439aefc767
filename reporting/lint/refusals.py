"""Why a text is not read, in words: what is wrong, and what to do next.

Keyed by the codes of the readers and of what they stand on (`dxreport.lib.archives`, `dxreport.lib.xlsx`).
"""

from django.utils.translation import gettext_lazy as _

_SAVE_AGAIN = _(
    "Tệp bị hỏng nên không đọc được. Hãy mở tệp bằng Word hoặc Excel, lưu thành tệp mới rồi thử lại."
)
_PACKED_STRANGELY = _(
    "Tệp được nén khác thường nên không được nhận. Hãy mở tệp bằng Word hoặc Excel, lưu thành tệp mới "
    "rồi thử lại."
)
_TOO_LONG = _("Văn bản dài quá mức đọc được. Hãy chia thành nhiều tệp, mỗi tệp một phần, rồi soát từng tệp.")

SENTENCES = {
    # What the file is.
    "unknown-kind": _(
        "Chỉ soát được tệp .docx, .xlsx, .txt, .md và .html. Hãy lưu văn bản ở một trong các dạng đó."
    ),
    "empty-file": _("Tệp rỗng, không có nội dung. Hãy lưu lại tệp rồi thử lại."),
    "no-words": _("Tệp không có chữ nào để soát. Hãy dùng bản gốc có chữ, không dùng bản ảnh chụp."),
    "file": _("Tệp lớn hơn %(most)s MB. Hãy bỏ hình ảnh trong tệp hoặc chia thành nhiều tệp rồi thử lại."),
    "not-docx": _(
        "Đây không phải tệp Word .docx. Hãy mở tệp bằng Word, lưu dạng “Word Document (.docx)” rồi thử lại."
    ),
    "old-doc": _("Đây là tệp Word đời cũ (.doc). Hãy mở tệp, lưu dạng “Word Document (.docx)” rồi thử lại."),
    "old-xls": _(
        "Đây là tệp Excel đời cũ (.xls). Hãy mở tệp, lưu dạng “Excel Workbook (.xlsx)” rồi thử lại."
    ),
    "not-workbook": _("Đây không phải tệp Excel .xlsx. Hãy mở tệp bằng Excel, lưu dạng .xlsx rồi thử lại."),
    "text": _(
        "Đây là tệp văn bản, không phải tệp Excel. Hãy đổi đuôi tệp thành .txt hoặc .html rồi thử lại."
    ),
    "ods": _("Đây là tệp OpenDocument (.ods). Hãy mở tệp, lưu dạng .xlsx rồi thử lại."),
    "xlsb": _("Đây là tệp Excel nhị phân (.xlsb). Hãy mở tệp, lưu dạng .xlsx rồi thử lại."),
    "not-text": _("Nội dung tệp không phải văn bản thuần. Hãy đặt đúng đuôi tệp (.docx, .xlsx) rồi thử lại."),
    "encoding": _("Tệp không dùng bảng mã Unicode (UTF-8). Hãy lưu lại tệp với bảng mã UTF-8 rồi thử lại."),
    "encrypted": _("Tệp đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu, lưu lại rồi thử lại."),
    "macros": _(
        "Tệp có chứa macro nên không được nhận. Hãy lưu dạng không có macro (.docx, .xlsx) rồi thử lại."
    ),
    "links": _("Tệp có liên kết tới tệp khác nên không được nhận. Hãy bỏ liên kết, lưu lại rồi thử lại."),
    "embedded": _("Tệp có đối tượng nhúng nên không được nhận. Hãy xóa đối tượng đó, lưu lại rồi thử lại."),
    "connections": _("Tệp có kết nối dữ liệu nên không được nhận. Hãy xóa kết nối đó, lưu lại rồi thử lại."),
    # How it is packed and built.
    "half": _SAVE_AGAIN,
    "missing-part": _SAVE_AGAIN,
    "missing-sheet": _SAVE_AGAIN,
    "broken-part": _SAVE_AGAIN,
    "order": _SAVE_AGAIN,
    "entries": _PACKED_STRANGELY,
    "name": _PACKED_STRANGELY,
    "twice": _PACKED_STRANGELY,
    "method": _PACKED_STRANGELY,
    "ratio": _PACKED_STRANGELY,
    "size": _(
        "Tệp sau khi giải nén lớn hơn %(most)s MB. Hãy bỏ hình ảnh hoặc chia thành nhiều tệp rồi thử lại."
    ),
    "doctype": _(
        "Tệp có khai báo DTD, là điều bị cấm. Hãy mở tệp bằng Word hoặc Excel, lưu thành tệp mới rồi thử lại."
    ),
    "deep": _("Tệp lồng quá nhiều lớp nên không đọc được. Hãy chép nội dung sang tệp mới rồi thử lại."),
    # How much it holds.
    "too-long": _TOO_LONG,
    "too-many-rows": _TOO_LONG,
    "too-many-cells": _TOO_LONG,
    "sheets": _TOO_LONG,
    "no-rows": _("Các trang tính đều trống, không có gì để soát. Hãy chọn tệp có nội dung."),
    # Anything else.
    "unreadable": _(
        "Không đọc được tệp này. Hãy chép nội dung sang một tệp .docx hoặc .txt mới rồi thử lại."
    ),
}

STOPPED = _(
    "Tệp quá lớn hoặc quá phức tạp nên đã dừng giữa chừng. Hãy chia thành nhiều tệp rồi soát từng tệp."
)
