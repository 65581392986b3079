# package.jq: holds datapackage.json against one of the CSVs that it describes.
#   jq -r -n --slurpfile package datapackage.json --rawfile csv NAME.csv --arg path NAME.csv -f package.jq
# Prints a line per fault; nothing if all is well.

# The rows of a CSV, each a list of cells.
def rows:
  reduce match("(\"(?:[^\"]|\"\")*\"|[^,\"\n]*)([,\n])"; "g") as $m ([[]];
    ($m.captures[0].string | if startswith("\"") then .[1:-1] | gsub("\"\""; "\"") else . end) as $cell
    | .[-1] += [$cell]
    | if $m.captures[1].string == "\n" then . + [[]] else . end)
  | .[:-1];

# What Table Schema, version 2, lets stand in a cell of a type.
def fits($type):
  if $type == "integer" then test("^-?[0-9]+$")
  elif $type == "number" then test("^-?[0-9]+(\\.[0-9]+)?$")
  else $type == "string" end;

def cell_faults($field; $row):
  if . == "" then empty
  elif fits($field.type) | not then "row \($row), \($field.name): \(.) is no \($field.type)"
  elif $field.categories and (. as $cell | $field.categories | any(. == $cell) | not) then
    "row \($row), \($field.name): \(.) is no category"
  else empty end;

($package[0].resources | map(select(.path == $path))) as $resources
| ($csv | rows) as $rows
| if ($resources | length) != 1 then "\($path) is not described once"
  else
    $resources[0].schema.fields as $fields
    | if $rows[0] != ($fields | map(.name)) then "the columns are not those of the package"
      else
        range(1; $rows | length) as $r
        | if ($rows[$r] | length) != ($fields | length) then "row \($r): \($rows[$r] | length) cells"
          else range($fields | length) as $c | $rows[$r][$c] | cell_faults($fields[$c]; $r) end
      end
  end
