#!/usr/bin/env bash
# Builds the plots' library from the packages of its makers; what it prints belongs into docs/decisions/0028.
set -euo pipefail
out="$(dirname "$(readlink -f "$0")")/../src/fadu/web/shared/static/echarts"
work="$(mktemp -d)"
trap 'rm -r "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts echarts@6.1.0 zrender@6.1.0 tslib@2.3.0 esbuild@0.28.2

cat > plots.js <<'END'
import { init, use } from "echarts/core";
import { BarChart, LineChart, TreemapChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";
use([BarChart, LineChart, TreemapChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);
export { init };
END
said="/*! Apache ECharts 6.1.0 (Apache-2.0), zrender 6.1.0 (BSD-3-Clause), tslib 2.3.0 (0BSD): see LICENSE and NOTICE. */"
node_modules/.bin/esbuild plots.js --bundle --minify --format=iife --global-name=echarts --target=es2019 \
    --legal-comments=none --charset=utf8 --banner:js="$said" --outfile="$out/echarts.js" --log-level=warning
gzip -9 -n -k -f "$out/echarts.js"

cp node_modules/echarts/NOTICE "$out/NOTICE"
{
    cat node_modules/echarts/LICENSE
    for part in d3:echarts/licenses/LICENSE-d3 zrender:zrender/LICENSE tslib:tslib/LICENSE.txt; do
        printf '\n\n%s\n%s\n\n' "========================================================================" "${part%%:*}"
        cat "node_modules/${part#*:}"
    done
} > "$out/LICENSE"
cd "$out" && wc -c echarts.js echarts.js.gz && sha256sum echarts.js
