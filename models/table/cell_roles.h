#pragma once
// The roles that all item models share and that ui's CellDelegate paints by. Ui thread.

#include <Qt>

namespace fb {

enum CellRole {
    IdRole = Qt::UserRole + 1, // QString: what the row is, stable over sort and filter
    StateRole, // StateKind of a state cell; its word is the DisplayRole
    FractionRole, // double 0..1 of a meter cell; invalid: no data
    TagsRole, // QStringList "key=value"
    DotRole, // int: the series colour of a dot before the text of a marked cell
    CopyRole, // plain text for the clipboard where it differs from the DisplayRole
    ExportRole // for files: times as ISO 8601, else as the CopyRole
};

}
