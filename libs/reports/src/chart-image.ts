import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

use([BarChart, LineChart, GridComponent, LegendComponent, SVGRenderer]);

/** What echarts' painter for SVG offers beyond its own interface: leaving out the rules for a pointer over the picture. */
interface SvgPainter {
  renderToString(options: { cssAnimation: boolean; cssEmphasis: boolean; useViewBox: boolean }): string;
}

/**
 * A chart as SVG to stand inside a page, without script or style rules. `id` is its name within that page: echarts numbers
 * what it draws on through the whole process, and the same page would come out with other bytes every time.
 */
export function chartImage(id: string, { width, height }: ChartSize, option: EChartsCoreOption): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, ...option });
    const painter = chart.getZr().painter as unknown as SvgPainter;
    const svg = painter.renderToString({ cssAnimation: false, cssEmphasis: false, useViewBox: true });
    return numberedAnew(withoutStyles(svg), id);
  } finally {
    chart.dispose();
  }
}

/** The page's policy lets in its own style sheet and no other style; SVG says the same in attributes. */
function withoutStyles(svg: string): string {
  return svg.replace(/ style="([^"]*)"/g, (_, style: string) =>
    [...style.matchAll(/([\w-]+):([^;]+)/g)].map(([, name, value]) => ` ${name}="${value}"`).join(''),
  );
}

function numberedAnew(svg: string, id: string): string {
  const names = new Map<string, string>();
  return svg.replace(/\bzr\d+-[\w-]+/g, (name) => {
    if (!names.has(name)) names.set(name, `${id}-${names.size + 1}`);
    return names.get(name) ?? name;
  });
}
