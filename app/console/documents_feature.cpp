#include "app/console/console.h"
#include "app/console/console_feature.h"
#include "ui/shared/documents/document_editor.h"
#include "ui/shared/documents/document_page.h"
#include "ui/shared/documents/documents_page.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    void run(Console &console, const QString &document)
    {
        RunRequest request;
        request.documentName = document;
        console.openComposerWith(request);
    }

    Page *makePage(Console &console, DocumentsViewModel &documents, DraftStore &drafts, const QString &rest,
                   QWidget *parent)
    {
        if (rest.isEmpty()) {
            auto *list = new DocumentsPage(documents, parent);
            QObject::connect(list, &DocumentsPage::runRequested, &console,
                             [&console](const QString &name) { run(console, name); });
            return list;
        }
        if (rest == u"+new") // no document's name begins so
            return new DocumentEditor(documents, drafts, {}, parent);
        const QString name = rest.section(u'/', 0, 0);
        const QString part = rest.section(u'/', 1);
        if (part == u"edit")
            return new DocumentEditor(documents, drafts, name, parent);
        if (!part.isEmpty())
            return nullptr;
        auto *one = new DocumentPage(documents, name, parent);
        QObject::connect(one, &DocumentPage::runRequested, &console,
                         [&console](const QString &document) { run(console, document); });
        return one;
    }
}

ConsoleFeature documentsFeature(Console &console, DocumentsViewModel &documents, DraftStore &drafts)
{
    ConsoleFeature feature;
    feature.pages = {{.name = u"documents"_s,
                      .group = Console::tr("Shared"),
                      .title = Console::tr("Documents"),
                      .icon = Icon::Documents,
                      .make = [&](const QString &rest, QWidget *parent) {
                          return makePage(console, documents, drafts, rest, parent);
                      }}};
    feature.commands = {{u"cmdNewDocument"_s,
                         Console::tr("Shared"),
                         Console::tr("Write a new document"),
                         {},
                         Icon::Documents,
                         [&console] { console.window().openAddress(u"documents/+new"_s); },
                         u"ssm:CreateDocument"_s}};
    feature.things = [&documents](const QString &query, int most) {
        QList<PaletteEntry> things;
        for (const DocumentRow &row : documents.values().values()) {
            if (things.size() == most || !PaletteModel::match(row.name, query))
                continue;
            things.append({Icon::Documents,
                           row.name,
                           u"%1, %2"_s.arg(row.type, DocumentTable::ownerWord(row)),
                           Console::tr("Document"),
                           {},
                           u"documents/"_s + row.name,
                           {},
                           PaletteGroup::Document});
        }
        return things;
    };
    return feature;
}

}
