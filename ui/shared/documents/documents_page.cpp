#include "ui/shared/documents/documents_page.h"

#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_sheet.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/icon_button.h"

#include <QPointer>

namespace fb {

using namespace Qt::StringLiterals;

RecordPageSetup DocumentsPage::setup(DocumentsViewModel &documents)
{
    using Column = DocumentTable::Column;
    return {.address = u"documents"_s,
            .title = tr("Documents"),
            .tableName = tr("Documents"),
            .placeholder = tr("Filter: type a word, or owner=own"),
            .emptyText
            = tr("No documents yet. A document describes what to do on nodes: steps, parameters, platforms."),
            .problemText = tr("The documents could not be read."),
            .subtitle = [](int total) { return tr("%n document(s)", nullptr, total); },
            .columns = {{Column::Name, CellKind::Name, 15, true},
                        {Column::Type, CellKind::Text, 6},
                        {Column::Owner, CellKind::Text, 5},
                        {Column::Platforms, CellKind::Text, 8},
                        {Column::Schema, CellKind::Text, 4.5},
                        {Column::DefaultVersion, CellKind::Number, 6.5},
                        {Column::Format, CellKind::Text, 4.5},
                        {Column::Tags, CellKind::Tags, 6, false, false},
                        {Column::Created, CellKind::Number, 6, false, false}},
            .sortColumn = Column::Name,
            .streams = false,
            .detail = [this, &documents](const QString &name) -> std::optional<RecordDetail> {
                const DocumentRow *row = documents.values().value(name);
                if (!row)
                    return std::nullopt;
                RecordDetail detail {
                    .title = row->name, .facts = DocumentTable::facts(*row), .tags = row->tags};
                detail.actions = {{.name = u"documentOpen"_s,
                                   .text = tr("Open"),
                                   .icon = Icon::NextPart,
                                   .run = [this, name] { emit navigate(u"documents/"_s + name); },
                                   .forbidden = {}}};
                if (row->type == u"Command")
                    detail.actions.append({.name = u"documentRun"_s,
                                           .text = tr("Run"),
                                           .icon = Icon::RunCommand,
                                           .run = [this, name] { emit runRequested(name); },
                                           .forbidden = {}});
                detail.actions.append(
                    {.name = u"documentDelete"_s,
                     .text = tr("Delete"),
                     .icon = Icon::Delete,
                     .run =
                         [this, name, &documents] {
                             askDeleteDocument(documents, name, window(), [this](const ShownError &problem) {
                                 if (!problem.isEmpty())
                                     banner().showProblem(problem, tr("The document was not deleted."));
                             });
                         },
                     .forbidden = row->isBuiltIn()
                         ? tr("Built-in documents come with Flagbridge and cannot be deleted.")
                         : QString(),
                     .changes = true});
                return detail;
            }};
}

DocumentsPage::DocumentsPage(DocumentsViewModel &documents, QWidget *parent)
    : RecordPage(documents, setup(documents), parent)
{
    auto *create = makeButton(u"documentNew"_s, tr("New document"), Icon::Add, ButtonKind::Primary);
    markAction(create, "ssm:CreateDocument");
    addAction(create);
    connect(create, &QPushButton::clicked, this, [this] { emit navigate(u"documents/+new"_s); });
    connect(this, &RecordPage::opened, this,
            [this](const QString &name) { emit navigate(u"documents/"_s + name); });
}

void askDeleteDocument(DocumentsViewModel &documents, const QString &name, QWidget *window,
                       const std::function<void(const ShownError &problem)> &done)
{
    auto *sheet = new ConfirmSheet(
        {.name = u"document"_s,
         .question = DocumentsPage::tr("Delete the document %1?").arg(name),
         .consequence = DocumentsPage::tr(
             "All its versions are deleted. Runs that used it keep their results. This cannot be undone."),
         .targets = {},
         .verb = DocumentsPage::tr("Delete the document")},
        window);
    QObject::connect(sheet, &ConfirmSheet::confirmed, window, [&documents, name, done, window] {
        documents.source().remove(name, {},
                                  [done, guard = QPointer<QWidget>(window)](const ShownError &problem) {
                                      if (guard)
                                          done(problem);
                                  });
    });
    sheet->ask();
}

}
