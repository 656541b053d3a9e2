#include "ui/shared/documents/attachments_tab.h"

#include "ui/shared/documents/remote_files_sheet.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"

#include <QDropEvent>
#include <QFileDialog>
#include <QMimeData>
#include <QPointer>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

AttachmentsTab::AttachmentsTab(DocumentsViewModel &documents, QWidget *parent)
    : QWidget(parent),
      m_documents(documents),
      m_files(&DocumentFileTable::idOf, DocumentFileTable::columns()),
      m_table(new DataTable(u"documentFiles"_s)),
      m_attach(makeButton(u"documentAttach"_s, tr("Attach files..."), Icon::Upload)),
      m_attachRemote(makeButton(u"documentAttachRemote"_s, tr("Attach from S3..."), Icon::Import)),
      m_remove(makeButton(u"documentDetach"_s, tr("Remove"), Icon::Delete)),
      m_note(new TextLabel(TextRole::Small, Token::Text2)),
      m_empty(new TextLabel(tr("No files are attached. Attached files go to every node that runs the "
                               "document: they are in the run's downloads folder before its first step."),
                            TextRole::Body, Token::Text2))
{
    using Column = DocumentFileTable::Column;
    const Metrics &m = themeOf(this).metrics();
    setAcceptDrops(true);
    markChange(m_attach, "ssm:UpdateDocument");
    markChange(m_attachRemote, "ssm:UpdateDocument");
    markChange(m_remove, "ssm:UpdateDocument");
    m_table->setAccessibleName(tr("Attached files"));
    m_table->setUp(&m_files,
                   {{Column::Name, CellKind::Name, 14},
                    {Column::Size, CellKind::Number, 6},
                    {Column::Sha256, CellKind::Id, 20, true}},
                   false);
    m_note->setObjectName(u"documentFilesNote"_s);
    m_note->setElided(Qt::ElideRight);
    m_empty->setObjectName(u"documentFilesEmpty"_s);
    m_empty->setWordWrap(true);
    m_empty->setMargin(m.pageMargin());
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(m.pageMargin(), m.step(3), m.pageMargin(), m.step(3));
    tools->setSpacing(m.toolGap());
    tools->addWidget(m_attach);
    tools->addWidget(m_attachRemote);
    tools->addWidget(m_remove);
    tools->addWidget(m_note, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(tools);
    column->addWidget(new Divider(Qt::Horizontal));
    column->addWidget(m_empty);
    column->addWidget(m_table, 1);
    column->addStretch(0);
    connect(m_attach, &QPushButton::clicked, this, &AttachmentsTab::chooseFiles);
    connect(m_attachRemote, &QPushButton::clicked, this, &AttachmentsTab::askForRemote);
    connect(m_remove, &QPushButton::clicked, this, &AttachmentsTab::removeChosen);
    connect(m_table, &DataTable::deleteRequested, this, &AttachmentsTab::removeChosen);
    connect(m_table, &DataTable::currentIdChanged, this, &AttachmentsTab::updateActions);
    connect(m_table, &DataTable::selectedIdsChanged, this, &AttachmentsTab::updateActions);
    setText({});
}

void AttachmentsTab::setText(const DocumentText &text)
{
    m_text = text;
    QStringList gone;
    for (const DocumentFileRow &known : m_files.values()) {
        if (std::none_of(text.files.begin(), text.files.end(),
                         [&](const DocumentFileRow &row) { return row.name == known.name; }))
            gone << known.name;
    }
    m_files.remove(gone);
    m_files.apply(text.files);
    m_table->setVisible(!text.files.isEmpty());
    m_empty->setVisible(text.files.isEmpty() && !text.isFetching);
    updateActions();
}

// The latest version is what one goes on from; an older one is only looked at.
void AttachmentsTab::updateActions()
{
    const bool isLatest = !m_text.name.isEmpty() && m_text.version == m_text.latestVersion;
    const bool mayChange = isLatest && !m_text.isBuiltIn && !m_isBusy && !m_text.isFetching;
    m_attach->setEnabled(mayChange);
    m_attachRemote->setEnabled(mayChange);
    m_remove->setEnabled(mayChange && !m_table->selectedIds().isEmpty());
    if (m_isBusy)
        m_note->setText(tr("Reading and storing the files..."));
    else if (m_text.isFetching)
        m_note->setText(tr("Fetching the files of this version..."));
    else if (m_text.isBuiltIn)
        m_note->setText(tr("Built-in documents cannot be changed. Make a copy instead."));
    else if (!isLatest && !m_text.name.isEmpty())
        m_note->setText(tr("Files are attached to the latest version, %1.").arg(m_text.latestVersion));
    else
        m_note->setText(tr("A change creates a new version with the same text."));
}

void AttachmentsTab::chooseFiles()
{
    auto *dialog = new QFileDialog(this, tr("Attach files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &AttachmentsTab::attach);
    dialog->open();
}

void AttachmentsTab::attach(const QStringList &paths)
{
    if (!m_attach->isEnabled() || EditGate::waits(*m_attach) || paths.isEmpty())
        return;
    for (const QString &path : paths) {
        if (const QString why = DocumentFileTable::refusalOf(path); !why.isEmpty())
            return emit refused(why);
    }
    if (paths.size() + m_text.files.size() > DocumentFileTable::kMostFiles)
        return emit refused(
            tr("A version has at most %1 files.").arg(static_cast<int>(DocumentFileTable::kMostFiles)));
    change(paths, {});
}

void AttachmentsTab::askForRemote()
{
    auto *sheet = new RemoteFilesSheet(m_documents.source(), m_text, window());
    connect(sheet, &RemoteFilesSheet::made, this,
            [this](const DocumentSaved &saved) { emit changed({}, saved); });
    sheet->open();
}

void AttachmentsTab::removeChosen()
{
    const QStringList chosen = m_table->selectedIds();
    if (m_remove->isEnabled() && !EditGate::waits(*m_remove) && !chosen.isEmpty())
        change({}, chosen);
}

void AttachmentsTab::change(const QStringList &added, const QStringList &removed)
{
    m_isBusy = true;
    updateActions();
    m_documents.source().changeFiles(
        {m_text.name, m_text.version, added, removed},
        [self = QPointer<AttachmentsTab>(this)](const ShownError &problem, const DocumentSaved &saved) {
            if (!self)
                return;
            self->m_isBusy = false;
            self->updateActions();
            emit self->changed(problem, saved);
        });
}

void AttachmentsTab::dragEnterEvent(QDragEnterEvent *event)
{
    if (m_attach->isEnabled() && event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void AttachmentsTab::dropEvent(QDropEvent *event)
{
    QStringList paths;
    for (const QUrl &url : event->mimeData()->urls())
        paths << url.toLocalFile();
    event->acceptProposedAction();
    attach(paths);
}

}
