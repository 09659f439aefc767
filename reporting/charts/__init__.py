"""The charts of a unit: figures in, `dxreport.lib.charts.Chart` out. One kind of finding a module."""
