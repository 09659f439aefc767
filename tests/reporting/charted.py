"""Charts of a report as its content has them, for tests of what is drawn."""

from decimal import Decimal

from reporting.report.content import ChartBlock, ChartRow, Point


def point(text: str) -> Point:
    """ "84,34%" or "7.661", or a dash for none."""
    plain = text.rstrip("%").replace(".", "").replace(",", ".")
    return Point(Decimal(plain) if plain[:1].isdigit() else None, text)


TARGETS = ChartBlock(
    key="targets",
    title="Hình 1. Kết quả so với mục tiêu",
    alt="Biểu đồ thanh: 1 trong 3 chỉ số <đạt> mục tiêu.",
    columns=("2023",),
    rows=(
        ChartRow("Giáo viên có máy tính", (point("84,34%"),), "A1.1", point("60%"), "Đạt"),
        ChartRow(
            "Người học được quản lý bằng hồ sơ số có định danh thống nhất trên toàn quốc",
            (point("96,33%"),),
            "A8.2",
            point("100%"),
            "Chưa đạt",
        ),
        ChartRow("Hồ sơ công việc", (point("–"),), "A8.6", point("70%"), "Chưa có số liệu"),
    ),
    note="Mức mục tiêu đến năm 2025.",
)
TREND = ChartBlock(
    key="trend",
    title="Hình 2. Một số chỉ số qua các năm",
    alt="Biểu đồ đường qua ba năm.",
    columns=("2021", "2022", "2023"),
    shape="lines",
    rows=(
        ChartRow("Giáo viên có máy tính", (point("61,5%"), point("75,9%"), point("84,34%")), "A1.1"),
        ChartRow("Dịch vụ công", (point("–"), point("84%"), point("83,9%")), "A9.2"),
    ),
)
UNITS = ChartBlock(
    key="units",
    title="Hình 3. Máy tính theo đơn vị",
    alt="Biểu đồ thanh theo đơn vị.",
    columns=("2023",),
    measure="máy",
    rows=(ChartRow("Cư Jút", (point("7.661"),)), ChartRow("Đắk R'lấp", (point("0"),))),
)
