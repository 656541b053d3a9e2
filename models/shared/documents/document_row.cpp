#include "models/shared/documents/document_row.h"

#include "models/table/age_cell.h"
#include "models/table/visible_text.h"

#include <QFileInfo>
#include <QLocale>
#include <QRegularExpression>

namespace fb {

using namespace Qt::StringLiterals;

QString DocumentCompletionWords::parameter()
{
    //: beside the name of a parameter that may be written
    return tr("parameter");
}

QString DocumentCompletionWords::required()
{
    //: beside the name of an input that a step must have
    return tr("required");
}

QString DryRun::text() const
{
    QString text;
    int number = 0;
    for (const DryRunStep &step : steps) {
        const QString outcome = step.outcome == DryRunStep::Outcome::Runs ? tr("runs")
            : step.outcome == DryRunStep::Outcome::Skipped ? tr("is skipped: %1").arg(step.reason)
                                                           : tr("fails: %1").arg(step.reason);
        //: %1 number of a step, %2 its name, %3 its plugin, %4 "runs", "is skipped: ..." or "fails: ..."
        text += tr("# Step %1, %2 (%3), %4").arg(++number).arg(step.name, step.action, outcome) + u'\n';
        if (step.outcome == DryRunStep::Outcome::Runs) {
            for (const QString &variable : step.environment)
                text += u"# "_s + variable + u'\n';
            text += step.inputs.endsWith(u'\n') ? step.inputs : step.inputs + u'\n';
        }
        text += u'\n';
    }
    return text.trimmed() + u'\n';
}

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

QList<TableColumn<DocumentFileRow>> DocumentFileTable::columns()
{
    using Row = DocumentFileRow;
    return {{.key = {},
             //: column title: of a file
             .title = [] { return tr("File"); },
             .cell = [](const Row &row, Instant) { return TableCell {.text = row.name}; }},
            {.key = {},
             //: column title: of a file
             .title = [] { return tr("Size"); },
             .cell =
                 [](const Row &row, Instant) {
                     return TableCell {.text
                                       = QLocale().formattedDataSize(row.size, 1, QLocale::DataSizeIecFormat),
                                       .sortKey = row.size};
                 }},
            {.key = {},
             .title = [] { return tr("SHA-256"); },
             .cell = [](const Row &row, Instant) { return TableCell {.text = row.sha256}; }}};
}

QString DocumentFileTable::refusalOf(const QString &path)
{
    static const QRegularExpression names(u"\\A[a-zA-Z0-9_\\-.]{3,128}\\z"_s);
    const QFileInfo file(path);
    const QString shown = visibleText(file.fileName());
    if (!names.match(file.fileName()).hasMatch())
        return tr("%1: a name has 3 to 128 letters, digits, _ - and . Rename the file.").arg(shown);
    if (!file.isFile() || !file.isReadable())
        return tr("%1 is not a file that can be read.").arg(shown);
    if (file.size() > kMostBytes)
        return tr("%1 is %2; a file may be at most 1 GiB.")
            .arg(shown, QLocale().formattedDataSize(file.size(), 1, QLocale::DataSizeIecFormat));
    return {};
}

QList<TableColumn<DocumentVersionRow>> DocumentVersionTable::columns()
{
    using Row = DocumentVersionRow;
    return {
        {.key = {},
         //: column title
         .title = [] { return tr("Version"); },
         .cell
         = [](const Row &row,
              Instant) { return TableCell {.text = row.version, .sortKey = row.version.toLongLong()}; }},
        {.key = {},
         //: column title: name that was given to a version
         .title = [] { return tr("Version name"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.versionName}; }},
        {.key = {},
         //: column title: the version that runs when none is named
         .title = [] { return tr("Default"); },
         .cell =
             [](const Row &row, Instant) {
                 return row.isDefault ? TableCell {.text = tr("Default"), .state = StateKind::Preferred}
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
