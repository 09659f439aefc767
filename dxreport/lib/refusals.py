"""Why a file is not taken, in words: what is wrong, and what to do next.

Keyed by the codes of `dxreport.lib.archives` and `dxreport.lib.xlsx`; sheet and cell are said before
these sentences by whoever words them.
"""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    # What the file is.
    "empty-file": _("Tệp rỗng, không có nội dung. Hãy lưu lại tệp rồi tải lên lần nữa."),
    "file": _("Tệp lớn hơn %(most)s MB. Hãy dùng tệp mẫu tải về từ hệ thống, không chèn hình ảnh."),
    "old-xls": _(
        "Đây là tệp Excel đời cũ (.xls). "
        "Hãy mở tệp, chọn lưu dạng “Excel Workbook (.xlsx)” rồi tải lên tệp mới."
    ),
    "encrypted": _("Tệp đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu, lưu lại dạng .xlsx rồi tải lên."),
    "ods": _("Đây là tệp OpenDocument (.ods). Hãy mở tệp, chọn lưu dạng .xlsx rồi tải lên tệp mới."),
    "xlsb": _("Đây là tệp Excel nhị phân (.xlsb). Hãy mở tệp, chọn lưu dạng .xlsx rồi tải lên tệp mới."),
    "text": _(
        "Đây là tệp văn bản (như .csv hoặc trang web), không phải tệp Excel. "
        "Hãy chép số liệu vào tệp mẫu .xlsx tải về từ hệ thống."
    ),
    "not-workbook": _("Đây không phải tệp Excel .xlsx. Hãy chọn tệp mẫu đã tải về từ hệ thống."),
    "half": _(
        "Tệp bị hỏng hoặc tải lên dở dang nên không mở được. Hãy mở lại bằng Excel, lưu lại rồi tải lên."
    ),
    # How it is packed.
    "entries": _("Tệp gồm %(found)s phần, nhiều hơn mức %(most)s phần. Hãy dùng tệp mẫu tải về từ hệ thống."),
    "name": _(
        "Tệp có phần mang tên không hợp lệ “%(part)s”. Hãy mở lại bằng Excel, lưu thành tệp mới rồi tải lên."
    ),
    "twice": _("Tệp có hai phần cùng tên “%(part)s”. Hãy mở lại bằng Excel, lưu thành tệp mới rồi tải lên."),
    "size": _(
        "Tệp sau khi giải nén lớn hơn %(most)s MB. Hãy xóa các trang tính và định dạng thừa rồi tải lên lại."
    ),
    "ratio": _(
        "Phần “%(part)s” của tệp nén quá %(most)s lần, không giống tệp Excel thông thường. "
        "Hãy chép số liệu vào tệp mẫu tải về từ hệ thống."
    ),
    "method": _(
        "Phần “%(part)s” của tệp nén theo cách lạ. Hãy mở lại bằng Excel, lưu thành tệp mới rồi tải lên."
    ),
    # What it carries.
    "macros": _(
        "Tệp có chứa macro (%(part)s) nên không được nhận. Hãy lưu dạng .xlsx không có macro rồi tải lên."
    ),
    "links": _(
        "Tệp có liên kết tới tệp khác (%(part)s) nên không được nhận. "
        "Hãy dán dạng giá trị (Paste Values) thay cho công thức, bỏ liên kết rồi tải lên."
    ),
    "embedded": _("Tệp có đối tượng nhúng (%(part)s) nên không được nhận. Hãy xóa đối tượng đó rồi tải lên."),
    "connections": _(
        "Tệp có kết nối dữ liệu (%(part)s) nên không được nhận. Hãy xóa kết nối đó rồi tải lên."
    ),
    "reaches-out": _(
        "công thức lấy dữ liệu từ tệp khác, chương trình khác hoặc từ mạng nên không được nhận. "
        "Hãy thay công thức bằng giá trị rồi tải lên."
    ),
    "too-many-names": _(
        "Tệp đặt hơn %(most)s tên ô. Hãy xóa các tên không dùng (Formulas, Name Manager) rồi tải lên."
    ),
    # What is broken.
    "missing-part": _(
        "Tệp Excel thiếu phần “%(part)s”. Hãy mở lại bằng Excel, lưu thành tệp mới rồi tải lên."
    ),
    "broken-part": _(
        "Phần “%(part)s” của tệp bị hỏng nên không đọc được. "
        "Hãy mở lại bằng Excel, lưu thành tệp mới rồi tải lên."
    ),
    "doctype": _(
        "Phần “%(part)s” có khai báo DTD, là điều bị cấm. Hãy chép số liệu vào tệp mẫu tải về từ hệ thống."
    ),
    "unreadable": _(
        "Không đọc được tệp này. Hãy chép số liệu vào tệp mẫu tải về từ hệ thống rồi tải lên lại."
    ),
    # What the workbook holds.
    "no-sheets": _("Tệp không có trang tính nào. Hãy dùng tệp mẫu tải về từ hệ thống."),
    "no-rows": _("Các trang tính đều trống. Hãy điền số liệu vào tệp mẫu tải về từ hệ thống rồi tải lên."),
    "sheets": _("Tệp có hơn %(most)s trang tính. Hãy xóa các trang tính không thuộc tệp mẫu rồi tải lên."),
    "duplicate-sheet": _(
        "có hai trang tính trùng tên hoặc trùng nội dung. Hãy xóa hoặc đổi tên một trang rồi tải lên."
    ),
    "missing-sheet": _(
        "không tìm thấy nội dung trang tính. Hãy mở lại bằng Excel, lưu thành tệp mới rồi tải lên."
    ),
    "too-many-rows": _(
        "tệp có hơn %(most)s dòng có nội dung. Hãy xóa các dòng không thuộc tệp mẫu rồi tải lên."
    ),
    "too-many-cells": _("tệp có hơn %(most)s ô có nội dung. Hãy xóa các ô không thuộc tệp mẫu rồi tải lên."),
    "order": _(
        "ô nằm sai thứ tự hoặc có hai lần trong tệp. Hãy mở lại bằng Excel, lưu thành tệp mới rồi tải lên."
    ),
    "reference": _(
        "địa chỉ ô “%(found)s” không hợp lệ. Hãy mở lại bằng Excel, lưu thành tệp mới rồi tải lên."
    ),
    "kind": _("kiểu dữ liệu “%(found)s” không hợp lệ. Hãy gõ lại ô này bằng Excel rồi tải lên."),
    "number": _("“%(found)s” không phải là một số mà Excel ghi được. Hãy gõ lại ô này rồi tải lên."),
    "long-text": _("nội dung dài hơn %(most)s ký tự. Hãy rút ngắn rồi tải lên."),
    "long-shared-text": _("Tệp có một ô dài hơn %(most)s ký tự. Hãy rút ngắn nội dung đó rồi tải lên."),
    "shared-text": _("nội dung của ô bị mất trong tệp. Hãy gõ lại ô này bằng Excel rồi tải lên."),
}

STOPPED = _(
    "Tệp quá lớn hoặc quá phức tạp nên đã dừng đọc giữa chừng. "
    "Hãy chép số liệu vào tệp mẫu tải về từ hệ thống rồi tải lên lại."
)

# Of a zip with many files, where it is said otherwise than of a workbook.
BUNDLE_SENTENCES = {
    "bundle": _("Tệp zip lớn hơn %(most)s MB. Hãy chia thành nhiều tệp zip rồi tải lên từng tệp."),
    "not-zip": _("Đây không phải tệp .zip. Hãy nén các tệp Excel vào một tệp .zip rồi tải lên."),
    "is-workbook": _(
        "Đây là một tệp Excel, không phải tệp .zip. Hãy tải tệp này lên ở ô “Tệp .xlsx đã điền”."
    ),
    "no-files": _("Tệp zip không có tệp nào. Hãy nén các tệp Excel vào một tệp .zip rồi tải lên."),
    "half": _("Tệp zip bị hỏng hoặc tải lên dở dang nên không mở được. Hãy nén lại rồi tải lên."),
    "encrypted": _("Tệp zip đặt mật khẩu nên không mở được. Hãy nén lại không đặt mật khẩu rồi tải lên."),
    "entries": _("Tệp zip có %(found)s tệp, nhiều hơn mức %(most)s tệp. Hãy chia thành nhiều tệp zip."),
    "name": _("Tệp zip có tên tệp không hợp lệ “%(part)s”. Hãy đổi tên, nén lại rồi tải lên."),
    "twice": _("Tệp zip có hai tệp cùng tên “%(part)s”. Hãy bỏ một tệp, nén lại rồi tải lên."),
    "nested": _(
        "Tệp zip chứa tệp nén khác “%(part)s”. Hãy giải nén tệp đó, chỉ nén các tệp Excel rồi tải lên."
    ),
    "large-file": _("Tệp “%(part)s” trong tệp zip lớn hơn %(most)s MB. Hãy dùng tệp mẫu tải về từ hệ thống."),
    "size": _("Các tệp trong tệp zip sau khi giải nén lớn hơn %(most)s MB. Hãy chia thành nhiều tệp zip."),
    "ratio": _("Tệp “%(part)s” nén quá %(most)s lần, không giống tệp Excel thông thường. Hãy bỏ tệp đó ra."),
    "method": _("Tệp “%(part)s” nén theo cách lạ. Hãy nén lại bằng chức năng nén .zip của máy rồi tải lên."),
}
