#include "models/shared/documents/document_row.h"

#include "models/table/age_cell.h"

namespace fb {

using namespace Qt::StringLiterals;

QString DocumentTable::ownerWord(const DocumentRow &row)
{
    return row.isBuiltIn() ? tr("Built-in") : tr("Own");
}

QList<TableColumn<DocumentRow>> DocumentTable::columns()
{
    using Row = DocumentRow;
    return {
        {.key = u"name"_s,
         //: column title: name of a document
         .title = [] { return tr("Name"); },
         .cell
         = [](const Row &row, Instant) { return TableCell {.text = row.name, .toolTip = row.displayName}; }},
        {.key = u"type"_s,
         //: column title: type of a document
         .title = [] { return tr("Type"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.type}; }},
        {.key = u"owner"_s,
         //: column title: who owns a document
         .title = [] { return tr("Owner"); },
         .cell
         = [](const Row &row, Instant) { return TableCell {.text = ownerWord(row), .apiWord = row.owner}; }},
        {.key = u"platform"_s,
         //: column title
         .title = [] { return tr("Platforms"); },
         .cell
         = [](const Row &row,
              Instant) { return TableCell {.text = row.platforms.join(u", "_s), .tags = row.platforms}; }},
        {.key = u"schema"_s,
         //: column title: version of the document language
         .title = [] { return tr("Schema"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.schemaVersion}; }},
        {.key = {},
         //: column title: the version that runs when none is named
         .title = [] { return tr("Default version"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = row.defaultVersion, .sortKey = row.defaultVersion.toLongLong()};
             }},
        {.key = u"format"_s,
         //: column title: YAML or JSON
         .title = [] { return tr("Format"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.format}; }},
        {.key = u"tag:"_s,
         //: column title
         .title = [] { return tr("Tags"); },
         .cell = [](const Row &row,
                    Instant) { return TableCell {.text = row.tags.join(u", "_s), .tags = row.tags}; }},
        {.key = u"created"_s,
         //: column title: when it was made
         .title = [] { return tr("Created"); },
         .cell = [](const Row &row, Instant now) { return ageCell(row.created, now); },
         .ages = true,
         .type = FilterType::Time},
    };
}

QList<QPair<QString, QString>> DocumentTable::facts(const DocumentRow &row)
{
    QList<QPair<QString, QString>> facts {{tr("Type"), row.type},
                                          {tr("Owner"), ownerWord(row)},
                                          {tr("Platforms"), row.platforms.join(u", "_s)},
                                          {tr("Schema"), row.schemaVersion},
                                          {tr("Format"), row.format},
                                          {tr("Default version"), row.defaultVersion},
                                          {tr("Created"), RelativeTime::exact(row.created)}};
    if (!row.displayName.isEmpty())
        facts.prepend({tr("Title"), row.displayName});
    return facts;
}

QList<TableColumn<DocumentVersionRow>> DocumentVersionTable::columns()
{
    using Row = DocumentVersionRow;
    return {
        {.key = {},
         //: column title
         .title = [] { return tr("Version"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = row.version, .sortKey = -row.version.toLongLong()}; // newest first
             }},
        {.key = {},
         //: column title: name that was given to a version
         .title = [] { return tr("Version name"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.versionName}; }},
        {.key = {},
         //: column title: the version that runs when none is named
         .title = [] { return tr("Default"); },
         .cell =
             [](const Row &row, Instant) {
                 return row.isDefault ? TableCell {.text = tr("Default"), .state = StateKind::Success}
                                      : TableCell {};
             }},
        {.key = {},
         //: column title: YAML or JSON
         .title = [] { return tr("Format"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.format}; }},
        {.key = u"created"_s,
         //: column title: when it was made
         .title = [] { return tr("Created"); },
         .cell = [](const Row &row, Instant now) { return ageCell(row.created, now); },
         .ages = true,
         .type = FilterType::Time},
    };
}

}
