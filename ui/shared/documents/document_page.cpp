#include "ui/shared/documents/document_page.h"

#include "models/table/visible_text.h"
#include "ui/shared/documents/attachments_tab.h"
#include "ui/shared/documents/documents_page.h"
#include "ui/shared/documents/version_compare.h"
#include "ui/text/text_viewer.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_sheet.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/fact_list.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/tab_stack.h"
#include "ui/widgets/text_label.h"

#include <QComboBox>
#include <QFileDialog>
#include <QPointer>
#include <QSaveFile>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    QList<TableColumn<DocumentParameterRow>> parameterColumns()
    {
        using Row = DocumentParameterRow;
        return {{.key = {},
                 .title = [] { return DocumentPage::tr("Parameter"); },
                 .cell = [](const Row &row, Instant) { return TableCell {.text = row.name}; }},
                {.key = {},
                 .title = [] { return DocumentPage::tr("Type"); },
                 .cell = [](const Row &row, Instant) { return TableCell {.text = row.type}; }},
                {.key = {},
                 .title = [] { return DocumentPage::tr("Default value"); },
                 .cell
                 = [](const Row &row, Instant) { return TableCell {.text = visibleText(row.defaultValue)}; }},
                {.key = {},
                 .title = [] { return DocumentPage::tr("Description"); },
                 .cell
                 = [](const Row &row, Instant) { return TableCell {.text = visibleText(row.description)}; }}};
    }
}

DocumentPage::DocumentPage(DocumentsViewModel &documents, const QString &name, QWidget *parent)
    : Page(u"documents/"_s + name, parent),
      m_documents(documents),
      m_name(name),
      m_head(new PageHead),
      m_banner(new Banner),
      m_facts(new TextLabel(TextRole::Body, Token::Text2)),
      m_run(makeButton(u"documentPageRun"_s, tr("Run"), Icon::RunCommand, ButtonKind::Primary)),
      m_edit(makeButton(u"documentPageEdit"_s, tr("Edit"), Icon::Edit)),
      m_remove(makeButton(u"documentPageDelete"_s, tr("Delete"), Icon::Delete)),
      m_tabs(new TabStack(u"documentTabs"_s, tr("Parts of this document"))),
      m_content(new TextViewer(u"documentContent"_s, tr("Content of the document"))),
      m_summary(new FactList),
      m_description(new TextLabel(TextRole::Body)),
      m_parameterTable(new DataTable(u"documentParameters"_s)),
      m_versionTable(new DataTable(u"documentVersions"_s)),
      m_makeDefault(makeButton(u"documentSetDefault"_s, tr("Make it the default"), Icon::Preferred)),
      m_showVersion(makeButton(u"documentShowVersion"_s, tr("Show this version"), Icon::Documents)),
      m_compareButton(makeButton(u"documentCompare"_s, tr("Compare"))),
      m_removeVersion(makeButton(u"documentDeleteVersion"_s, tr("Delete this version"), Icon::Delete)),
      m_format(new QComboBox),
      m_compare(new VersionCompare(documents, name)),
      m_files(new AttachmentsTab(documents)),
      m_versions(&DocumentVersionTable::idOf, DocumentVersionTable::columns()),
      m_parameters([](const DocumentParameterRow &row) { return row.name; }, parameterColumns())
{
    const Metrics &m = themeOf(this).metrics();
    setCrumb(name);
    m_head->setTitle(name);
    markAction(m_run, "ssm:SendCommand");
    markAction(m_edit, "ssm:UpdateDocument");
    markAction(m_remove, "ssm:DeleteDocument");
    m_head->addAction(m_run);
    m_head->addAction(m_edit);
    m_head->addAction(m_remove);
    m_head->addFact(m_facts);
    m_banner->setObjectName(u"documentBanner"_s);
    m_tabs->addTab(u"content"_s, tr("Content"), makeContent());
    m_tabs->addTab(u"summary"_s, tr("Summary"), makeSummary());
    m_tabs->addTab(u"versions"_s, tr("Versions"), makeVersions());
    m_tabs->addTab(u"compare"_s, tr("Compare"), m_compare);
    m_tabs->addTab(u"attachments"_s, tr("Attachments"), m_files);

    auto *head = new QVBoxLayout;
    head->setContentsMargins(m.pageMargin(), m.step(3), m.pageMargin(), m.step(2));
    head->setSpacing(m.step(3));
    head->addWidget(m_head);
    head->addWidget(m_banner);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(head);
    all->addWidget(m_tabs, 1);

    connect(m_tabs, &TabStack::currentChanged, this, &DocumentPage::viewChanged);
    connect(m_run, &QPushButton::clicked, this, [this] { emit runRequested(m_name); });
    connect(m_remove, &QPushButton::clicked, this, &DocumentPage::remove);
    connect(m_files, &AttachmentsTab::changed, this, &DocumentPage::filesChanged);
    connect(m_files, &AttachmentsTab::refused, this, [this](const QString &why) {
        m_banner->showMessage(Tone::Failed, Icon::FieldError, tr("The files were not attached."), why);
    });
    connect(&m_documents, &ListViewModel::valuesChanged, this, [this] {
        if (isVisible())
            onShown();
    });
    for (QPushButton *button : {m_run, m_edit, m_remove})
        button->setEnabled(false); // until it is known what the document is
    m_banner->hide();
}

QWidget *DocumentPage::makeContent()
{
    const Metrics &m = themeOf(this).metrics();
    m_format->setObjectName(u"documentShownAs"_s);
    m_format->setAccessibleName(tr("Show the content as"));
    m_format->addItems({u"YAML"_s, u"JSON"_s});
    auto *save = makeButton(u"documentExport"_s, tr("Export..."), Icon::Export, ButtonKind::Plain);
    connect(m_format, &QComboBox::activated, this, &DocumentPage::showContent);
    connect(save, &QPushButton::clicked, this, [this] {
        auto *dialog = new QFileDialog(this, tr("Export"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->selectFile(m_name + (m_format->currentText() == u"JSON" ? u".json"_s : u".yaml"_s));
        connect(dialog, &QFileDialog::fileSelected, this, &DocumentPage::exportTo);
        dialog->open();
    });
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(m.pageMargin(), m.step(2), m.pageMargin(), m.step(2));
    tools->setSpacing(m.toolGap());
    tools->addWidget(new TextLabel(tr("Shown as"), TextRole::Body, Token::Text2));
    tools->addWidget(m_format);
    tools->addStretch(1);
    tools->addWidget(save);
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(tools);
    column->addWidget(new Divider(Qt::Horizontal));
    column->addWidget(m_content, 1);
    return box;
}

// As it is kept, or in the other format.
void DocumentPage::showContent()
{
    QString content = m_text.content;
    if (m_format->currentText() != m_text.format) {
        const auto other = m_documents.source().convert(content, m_text.format, m_format->currentText());
        if (!other) {
            m_format->setCurrentText(m_text.format);
            m_banner->showMessage(Tone::Waiting, Icon::FieldError,
                                  tr("The content cannot be shown in this format."),
                                  tr("It is not valid %1.").arg(m_text.format));
        }
        content = other.value_or(content);
    }
    m_content->setText(visibleLines(content), content);
}

void DocumentPage::exportTo(const QString &file)
{
    QSaveFile out(file);
    const QByteArray bytes = m_content->original().toUtf8();
    if (out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size() && out.commit())
        return m_banner->showMessage(Tone::Success, Icon::Success, tr("The document was exported."), file);
    m_banner->showMessage(Tone::Failed, Icon::FieldError, tr("The document was not exported."),
                          tr("%1 cannot be written: %2").arg(file, out.errorString()));
}

QWidget *DocumentPage::makeSummary()
{
    const Metrics &m = themeOf(this).metrics();
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(m.pageMargin(), m.step(4), m.pageMargin(), m.step(4));
    column->setSpacing(m.step(4));
    m_description->setWordWrap(true);
    m_description->setMaximumWidth(m.lines(40));
    column->addWidget(m_description);
    column->addWidget(m_summary);
    column->addWidget(new TextLabel(tr("Parameters"), TextRole::SectionHeading));
    m_parameterTable->setAccessibleName(tr("Parameters"));
    m_parameterTable->setUp(&m_parameters,
                            {{0, CellKind::Name, 10},
                             {1, CellKind::Text, 6},
                             {2, CellKind::Text, 10},
                             {3, CellKind::Text, 14, true}},
                            false);
    column->addWidget(m_parameterTable, 1);
    return box;
}

QWidget *DocumentPage::makeVersions()
{
    using Column = DocumentVersionTable::Column;
    const Metrics &m = themeOf(this).metrics();
    m_versionTable->setAccessibleName(tr("Versions"));
    m_versionTable->setUp(&m_versions,
                          {{Column::Version, CellKind::Name, 6},
                           {Column::Name, CellKind::Text, 10, true},
                           {Column::Default, CellKind::State, 8},
                           {Column::Format, CellKind::Text, 6},
                           {Column::Created, CellKind::Number, 8}},
                          false);
    m_versionTable->horizontalHeader()->setSortIndicator(Column::Version, Qt::DescendingOrder);
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(m.pageMargin(), m.step(3), m.pageMargin(), m.step(3));
    tools->setSpacing(m.toolGap());
    tools->addWidget(m_showVersion);
    tools->addWidget(m_makeDefault);
    tools->addWidget(m_compareButton);
    tools->addWidget(m_removeVersion);
    tools->addStretch(1);
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(tools);
    column->addWidget(new Divider(Qt::Horizontal));
    column->addWidget(m_versionTable, 1);
    const auto show = [this] {
        m_version = m_versionTable->currentId();
        m_tabs->setCurrent(u"content"_s);
        readText();
        emit viewChanged();
    };
    connect(m_versionTable, &DataTable::currentIdChanged, this, &DocumentPage::updateVersionActions);
    connect(m_versionTable, &DataTable::opened, this, show);
    connect(m_showVersion, &QPushButton::clicked, this, show);
    connect(m_makeDefault, &QPushButton::clicked, this, &DocumentPage::setDefault);
    connect(m_compareButton, &QPushButton::clicked, this, &DocumentPage::compareChosen);
    connect(m_removeVersion, &QPushButton::clicked, this, &DocumentPage::removeVersion);
    connect(m_versionTable, &DataTable::selectedIdsChanged, this, &DocumentPage::updateVersionActions);
    connect(m_versionTable, &DataTable::deleteRequested, this, &DocumentPage::removeVersion);
    connect(m_compare, &VersionCompare::compared, this, &DocumentPage::viewChanged);
    connect(m_compare, &VersionCompare::problemArose, this, [this](const ShownError &problem) {
        m_banner->showProblem(problem, tr("The versions could not be compared."));
    });
    updateVersionActions();
    return box;
}

void DocumentPage::onShown()
{
    readText();
    readVersions();
}

void DocumentPage::readText()
{
    m_documents.source().read(m_name, m_version,
                              [self = QPointer<DocumentPage>(this),
                               version = m_version](const ShownError &problem, const DocumentText &text) {
                                  if (!self || version != self->m_version) // a newer question is on its way
                                      return;
                                  if (!problem.isEmpty())
                                      return self->m_banner->showProblem(
                                          problem, tr("The document could not be read."));
                                  self->showText(text);
                              });
}

void DocumentPage::readVersions()
{
    m_documents.source().readVersions(
        m_name,
        [self = QPointer<DocumentPage>(this)](const ShownError &problem,
                                              const QList<DocumentVersionRow> &rows) {
            if (!self)
                return;
            if (!problem.isEmpty())
                return self->m_banner->showProblem(problem, tr("The versions could not be read."));
            QStringList gone;
            for (const DocumentVersionRow &known : self->m_versions.values()) {
                if (std::none_of(rows.begin(), rows.end(),
                                 [&](const DocumentVersionRow &row) { return row.version == known.version; }))
                    gone << known.version;
            }
            self->m_versions.setNow(self->m_documents.now());
            self->m_versions.remove(gone);
            self->m_versions.apply(rows);
            self->m_tabs->setTitle(u"versions"_s, tr("Versions (%1)").arg(rows.size()));
            QStringList numbers;
            for (const DocumentVersionRow &row : rows)
                numbers << row.version;
            self->m_compare->setVersions(numbers);
            self->updateVersionActions();
        });
}

void DocumentPage::showText(const DocumentText &text)
{
    m_shownVersion = text.version;
    m_defaultVersion = text.defaultVersion;
    if (m_text.version != text.version || m_text.format != text.format)
        m_format->setCurrentText(text.format);
    m_text = text;
    showContent();
    m_head->setChip(StateKind::None, text.isBuiltIn ? tr("Built-in") : QString());
    QStringList facts {text.type, text.format, tr("version %1 of %2").arg(text.version, text.latestVersion)};
    if (text.version != text.defaultVersion)
        facts << tr("version %1 is the default").arg(text.defaultVersion);
    m_facts->setText(facts.join(u"   "_s));
    m_description->setText(visibleText(text.description));
    m_description->setVisible(!text.description.isEmpty());
    m_summary->setFacts({{tr("Type"), text.type},
                         {tr("Format"), text.format},
                         {tr("Version"), text.version},
                         {tr("Version name"), text.versionName.isEmpty() ? tr("none") : text.versionName},
                         {tr("SHA-256"), text.hash}});
    QStringList gone;
    for (const DocumentParameterRow &known : m_parameters.values()) {
        if (std::none_of(text.parameters.begin(), text.parameters.end(),
                         [&](const DocumentParameterRow &row) { return row.name == known.name; }))
            gone << known.name;
    }
    m_parameters.remove(gone);
    m_parameters.apply(text.parameters);
    m_run->setVisible(text.type == u"Command");
    m_run->setEnabled(true);
    m_edit->setEnabled(true);
    m_edit->disconnect(this);
    m_edit->setText(text.isBuiltIn ? tr("Copy to new") : tr("Edit"));
    connect(m_edit, &QPushButton::clicked, this, [this, builtIn = text.isBuiltIn] {
        emit navigate(builtIn ? u"documents/+new?from="_s + m_name : u"documents/"_s + m_name + u"/edit"_s);
    });
    m_files->setText(text);
    m_tabs->setTitle(u"attachments"_s,
                     text.files.isEmpty() ? tr("Attachments")
                                          : tr("Attachments (%1)").arg(text.files.size()));
    if (text.isFetching)
        m_banner->showMessage(Tone::Running, Icon::Running,
                              tr("The files of version %1 are being fetched.").arg(text.version),
                              tr("It can be run, and become the default, once they are there."));
    else if (std::exchange(m_wasFetching, false) && text.failure.isEmpty())
        m_banner->showMessage(Tone::Success, Icon::Success,
                              tr("The files of version %1 are there.").arg(text.version), {});
    m_wasFetching = text.isFetching;
    if (!text.failure.isEmpty())
        m_banner->showMessage(Tone::Failed, Icon::FieldError,
                              tr("Version %1 cannot be run.").arg(text.version), visibleText(text.failure));
    m_remove->setEnabled(!text.isBuiltIn);
    m_remove->setToolTip(text.isBuiltIn ? tr("Built-in documents come with Flagbridge and cannot be deleted.")
                                        : QString());
    updateVersionActions();
}

void DocumentPage::updateVersionActions()
{
    const DocumentVersionRow *chosen = m_versions.value(m_versionTable->currentId());
    m_showVersion->setEnabled(chosen);
    const bool isOwn = m_remove->isEnabled();
    m_makeDefault->setEnabled(chosen && !chosen->isDefault && isOwn);
    m_compareButton->setEnabled(m_versions.totalRows() > 1);
    m_compareButton->setToolTip(
        tr("Compares two selected versions, or the selected one with the one before it"));
    m_removeVersion->setEnabled(chosen && !chosen->isDefault && isOwn);
    m_removeVersion->setToolTip(chosen && chosen->isDefault ? tr("The default version cannot be deleted.")
                                                            : QString());
}

void DocumentPage::compareChosen()
{
    QStringList chosen = m_versionTable->selectedIds();
    std::sort(chosen.begin(), chosen.end(),
              [](const QString &a, const QString &b) { return a.toLongLong() < b.toLongLong(); });
    QString from = chosen.value(0);
    const QString to = chosen.size() > 1 ? chosen.last() : from;
    if (chosen.size() == 1) { // with the one before it
        from.clear();
        qint64 best = 0;
        for (const DocumentVersionRow &row : m_versions.values()) {
            if (row.version.toLongLong() < to.toLongLong() && row.version.toLongLong() > best) {
                best = row.version.toLongLong();
                from = row.version;
            }
        }
    }
    m_compare->compare(from, to);
    m_tabs->setCurrent(u"compare"_s);
}

void DocumentPage::removeVersion()
{
    const QString version = m_versionTable->currentId();
    if (!m_removeVersion->isEnabled())
        return;
    auto *sheet = new ConfirmSheet(
        {.name = u"version"_s,
         .question = tr("Delete version %1 of %2?").arg(version, m_name),
         .consequence
         = tr("Its text is deleted. Runs that used it keep their results. This cannot be undone."),
         .targets = {},
         .verb = tr("Delete the version")},
        window());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, version] {
        m_documents.source().remove(
            m_name, version, [self = QPointer<DocumentPage>(this), version](const ShownError &problem) {
                if (!self)
                    return;
                if (!problem.isEmpty())
                    return self->m_banner->showProblem(problem, tr("The version was not deleted."));
                if (self->m_version == version)
                    self->m_version.clear(); // it was shown
                self->onShown();
            });
    });
    sheet->ask();
}

void DocumentPage::filesChanged(const ShownError &problem, const DocumentSaved &saved)
{
    if (!problem.isEmpty())
        return m_banner->showProblem(problem, tr("The files were not attached."));
    if (!saved.defaultProblem.isEmpty())
        m_banner->showProblem(saved.defaultProblem,
                              tr("Version %1 is saved, but it is not the default.").arg(saved.version));
    m_version = saved.version;
    onShown();
    emit viewChanged();
}

void DocumentPage::setDefault()
{
    m_documents.source().setDefault(m_name, m_versionTable->currentId(),
                                    [self = QPointer<DocumentPage>(this)](const ShownError &problem) {
                                        if (!self)
                                            return;
                                        if (!problem.isEmpty())
                                            return self->m_banner->showProblem(
                                                problem, tr("The default version was not changed."));
                                        self->m_version.clear();
                                        self->onShown();
                                    });
}

void DocumentPage::remove()
{
    askDeleteDocument(
        m_documents, m_name, window(), [self = QPointer<DocumentPage>(this)](const ShownError &problem) {
            if (!self)
                return;
            if (!problem.isEmpty())
                return self->m_banner->showProblem(problem, tr("The document was not deleted."));
            emit self->navigate(u"documents"_s);
        });
}

void DocumentPage::focusFilter()
{
    m_tabs->setCurrent(u"content"_s);
    m_content->focusFind();
}

ViewState DocumentPage::view() const
{
    ViewState view;
    m_tabs->writeTo(view);
    view.set(u"version"_s, m_version);
    if (m_tabs->current() == u"compare") {
        view.set(u"from"_s, m_compare->from());
        view.set(u"to"_s, m_compare->to());
    }
    return view;
}

void DocumentPage::setView(const ViewState &view)
{
    m_tabs->readFrom(view);
    if (!view.value(u"from"_s).isEmpty() || !view.value(u"to"_s).isEmpty())
        m_compare->compare(view.value(u"from"_s), view.value(u"to"_s));
    if (m_version == view.value(u"version"_s))
        return;
    m_version = view.value(u"version"_s);
    readText();
}

}
