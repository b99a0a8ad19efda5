// ClickHouse over HTTP: INSERT ... FORMAT JSONEachRow, any content type. Behind a proxy that adds user and password, which do not belong
// into a page. What has members goes as JSON into a String column. Dedupe: ReplacingMergeTree by `id`. Points go packed.
// <https://clickhouse.com/docs/en/interfaces/http>
//
// Against @clickhouse/client, for the same rows:
//   query_id             not sent: a name for the request
// @ts-check
import { line, speaking } from "./common.js";

const document = {
  name: "clickhouse",
  needs: ["url", "table"],
  url: {
    $text: [
      "$option.url",
      "?",
      {
        $query: {
          query: {
            $text: ["INSERT INTO ", "$option.table", " FORMAT JSONEachRow"],
          },
          input_format_skip_unknown_fields: 1,
          "...": "$option.settings",
        },
      },
    ],
  },
  most: { bytes: 60_000 },
  event: { $flat: { ...line.event, time: { $s: "$time" }, ms: "$time" } },
  heat: { $flat: { ...line.heat, time: { $s: "$time" }, ms: "$time" } },
  body: { $lines: "$events" },
};
export default document;

export const clickhouse = speaking(document);
