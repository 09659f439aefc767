"""The sheet that says how to fill a workbook in and what happens to it when it comes back."""

from __future__ import annotations

from openpyxl import Workbook

from dxreport.lib.workbooks import height_for

from .layout import GUIDE_SHEET, Kind
from .sheets import Sheet
from .styles import HEADING, LABEL, TITLE
from .template import Template
from .words import CLEAR, NO, NONE, NOT_APPLICABLE, NOT_AVAILABLE, YES

_WIDTHS = (34, 84)
_SIZE = 11


def write(book: Workbook, template: Template) -> None:
    """The sheet, in the words for this kind of workbook."""
    sheet = Sheet(book, GUIDE_SHEET, widths=_WIDTHS, title_rows="2:2", footer=GUIDE_SHEET)
    sheet.add([("Cách điền và nộp tệp này", TITLE)], height=22)
    sheet.add([("Điều cần biết", HEADING), ("Cách làm", HEADING)])
    for subject, text in (*_COMMON, *(_UNIT if template.kind == Kind.UNIT else _DISTRICT)):
        height = height_for((subject, _WIDTHS[0]), (text, _WIDTHS[1]), size=_SIZE)
        sheet.add([(subject, LABEL), (text, LABEL)], height=height)
    sheet.close()


_COMMON = (
    (
        "Ô để điền",
        "Các ô nền vàng nhạt. Các ô khác được khóa (không có mật khẩu) để tránh gõ nhầm;"
        " ô nền xám có phiếu đã nộp, đã duyệt hoặc không bị trả lại nên không sửa được.",
    ),
    (
        "Số lượng",
        "Số nguyên từ 0 trở lên: 7661 hoặc 7.661. Dấu chấm phân nhóm ba chữ số, dấu phẩy là dấu thập phân"
        " nên 7,661 không được nhận. Gõ 0 khi đã đếm và không có gì; đừng để 0 thay cho chưa đếm.",
    ),
    ("Câu hỏi có hoặc không", f"Ghi {YES} hoặc {NO}."),
    (
        "Chọn trong danh sách",
        f"Ghi tên mục như trong trang Danh mục. Ô chọn nhiều mục: các tên cách nhau bằng dấu chấm phẩy,"
        f" như “Azota; Zalo”. Không dùng mục nào: ghi {NONE}.",
    ),
    (
        "Ô để trống",
        "Được giữ nguyên như đang lưu: tải lên một tệp bỏ trống không bao giờ xóa số đã nhập."
        f" Muốn xóa câu trả lời đã lưu, ghi {CLEAR}.",
    ),
    (
        "Công thức",
        "Kết quả của công thức trong tệp được nhận khi tệp đã được lưu bằng Excel hay LibreOffice."
        " Công thức lấy số từ tệp khác không được nhận: hãy dán giá trị.",
    ),
    (
        "Tải lên",
        "Vào mục Tệp Excel, chọn tệp này. Hệ thống cho xem trước số mới, số cũ và lỗi của từng ô;"
        " chưa có gì được lưu cho đến khi bấm xác nhận. Cả tệp được lưu cùng lúc, hoặc không lưu gì.",
    ),
    (
        "Ô người khác vừa sửa",
        "Tệp nhớ phiên bản của từng ô lúc tải về. Ô đã được sửa trên trang sau đó sẽ được báo"
        " với cả hai giá trị để bạn chọn.",
    ),
)
_UNIT = (
    (
        "Không có số liệu",
        f"Để trống ô số liệu, chọn {NOT_AVAILABLE} ở cột “Để trống vì” và ghi lý do ở cột bên cạnh."
        f" Chỉ tiêu không phù hợp với đơn vị: chọn {NOT_APPLICABLE}.",
    ),
    ("Giải trình", "Ghi một câu ở cột Giải trình khi số thay đổi nhiều so với kỳ trước."),
)
_DISTRICT = (
    (
        "Không có số liệu",
        f"Ghi vào ô: “{NOT_AVAILABLE}: lý do”, như “{NOT_AVAILABLE}: chưa thống kê”."
        f" Chỉ tiêu không phù hợp với đơn vị: ghi {NOT_APPLICABLE}.",
    ),
    (
        "Giải trình",
        "Ghi ở trang Giải trình: mã đơn vị, mã chỉ tiêu và một câu, khi số thay đổi nhiều so với kỳ trước.",
    ),
)
