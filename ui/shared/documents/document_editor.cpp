#include "ui/shared/documents/document_editor.h"

#include "models/shared/documents/document_file.h"
#include "models/table/relative_time.h"
#include "ui/shared/documents/document_templates.h"
#include "ui/shared/documents/dry_run_panel.h"
#include "ui/shared/documents/step_sheet.h"
#include "ui/text/code_editor.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDropEvent>
#include <QFileDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPointer>
#include <QSplitter>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

DocumentEditor::DocumentEditor(DocumentsViewModel &documents, DraftStore &drafts, const QString &name,
                               QWidget *parent)
    : Page(name.isEmpty() ? u"documents/+new"_s : u"documents/"_s + name + u"/edit"_s, parent),
      m_documents(documents),
      m_drafts(drafts),
      m_name(name),
      m_head(new PageHead),
      m_banner(new Banner),
      m_save(makeButton(u"editorSave"_s, {}, Icon::Check, ButtonKind::Primary)),
      m_nameEdit(new QLineEdit),
      m_type(new QComboBox),
      m_format(new QComboBox),
      m_versionName(new QLineEdit),
      m_makeDefault(new QCheckBox(tr("Make it the default version"))),
      m_text(new CodeEditor(u"editorText"_s)),
      m_problems(new QListWidget),
      m_verdict(new TextLabel(TextRole::Small, Token::Text2)),
      m_dryRunButton(makeButton(u"editorDryRun"_s, tr("Dry run"), Icon::DryRun)),
      m_dryRun(new DryRunPanel(documents))
{
    const Metrics &m = themeOf(this).metrics();
    setAcceptDrops(true);
    setCrumb(isNew() ? tr("New document") : tr("Edit %1").arg(name));
    m_head->setTitle(isNew() ? tr("New document") : tr("Edit %1").arg(name));
    auto *import = makeButton(u"editorImport"_s, tr("Import a file"), Icon::Import);
    m_save->setText(isNew() ? tr("Create document") : tr("Save as a new version"));
    markChange(m_save, isNew() ? "ssm:CreateDocument" : "ssm:UpdateDocument");
    m_save->setToolTip(tr("Ctrl+S"));
    m_head->addAction(m_save);
    m_head->addAction(import);
    auto *step = makeButton(u"editorAddStep"_s, tr("Add a step"), Icon::Add);
    connect(step, &QPushButton::clicked, this, &DocumentEditor::askForStep);
    m_head->addFact(step); // under the title: four buttons in a line are too wide for large text
    m_head->addFact(m_dryRunButton);
    m_dryRunButton->setCheckable(true);
    m_dryRunButton->setToolTip(tr("Shows the steps for chosen parameters and a platform; nothing is run"));
    m_banner->setObjectName(u"editorBanner"_s);
    m_text->setAccessibleName(tr("Content of the document"));
    m_problems->setObjectName(u"editorProblems"_s);
    m_problems->setAccessibleName(tr("Problems in the document"));
    m_problems->setFrameShape(QFrame::NoFrame);
    m_verdict->setObjectName(u"editorVerdict"_s);

    m_text->setProposals([this](const QString &, qsizetype position) {
        const DocumentCompletions found = m_documents.source().completions(edit(), position);
        CodeEditor::Proposals proposals {found.from, {}};
        for (const DocumentCompletion &each : found.items)
            proposals.items.append({each.text, each.detail});
        return proposals;
    });

    auto *upper = new QVBoxLayout;
    upper->setContentsMargins(m.pageMargin(), m.step(3), m.pageMargin(), m.step(3));
    upper->setSpacing(m.step(3));
    upper->addWidget(m_head);
    upper->addWidget(m_banner);
    upper->addWidget(makeForm());
    m_problems->setMaximumHeight(m.row() * 5);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(upper);
    all->addWidget(new Divider(Qt::Horizontal));
    auto *beside = new QSplitter(Qt::Horizontal);
    beside->setChildrenCollapsible(false);
    beside->addWidget(m_text);
    beside->addWidget(m_dryRun);
    beside->setStretchFactor(0, 3);
    beside->setStretchFactor(1, 2);
    all->addWidget(beside, 1);
    all->addWidget(makeFoot());
    all->addWidget(m_problems);

    m_checkSoon.setSingleShot(true);
    m_checkSoon.setInterval(300ms);
    m_draftSoon.setSingleShot(true);
    m_draftSoon.setInterval(1s);
    connect(&m_checkSoon, &QTimer::timeout, this, &DocumentEditor::check);
    connect(&m_draftSoon, &QTimer::timeout, this, &DocumentEditor::keepDraft);
    connect(m_text, &QPlainTextEdit::textChanged, this, &DocumentEditor::changed);
    connect(m_nameEdit, &QLineEdit::textChanged, this, [this] {
        m_nameField->setError({});
        changed();
    });
    connect(m_versionName, &QLineEdit::textChanged, this, [this] {
        m_versionField->setError({});
        changed();
    });
    connect(m_problems, &QListWidget::itemActivated, this, [this](const QListWidgetItem *item) {
        m_text->goToLine(item->data(Qt::UserRole).toInt(), item->data(Qt::UserRole + 1).toInt());
    });
    connect(m_problems, &QListWidget::itemClicked, m_problems, &QListWidget::itemActivated);
    m_dryRun->hide();
    connect(m_dryRunButton, &QPushButton::toggled, this, [this](bool shown) {
        m_dryRun->setVisible(shown);
        check();
    });
    connect(m_save, &QPushButton::clicked, this, &DocumentEditor::save);
    connect(import, &QPushButton::clicked, this, [this] {
        auto *dialog = new QFileDialog(this, tr("Import a document"));
        dialog->setNameFilters({tr("Documents (*.yaml *.yml *.json)"), tr("All files (*)")});
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QFileDialog::fileSelected, this, &DocumentEditor::takeFile);
        dialog->open();
    });
    connect(m_makeDefault, &QCheckBox::toggled, this, &DocumentEditor::changed);
    connect(m_banner, &Banner::actionClicked, this, &DocumentEditor::throwDraftAway);
    m_banner->hide();
    begin();
}

DocumentEditor::~DocumentEditor()
{
    if (m_draftSoon.isActive())
        keepDraft();
}

QWidget *DocumentEditor::makeFoot()
{
    const Metrics &m = themeOf(this).metrics();
    auto *foot = new Surface(Token::Sunken);
    foot->setEdges(Qt::TopEdge | Qt::BottomEdge);
    auto *line = new QHBoxLayout(foot);
    line->setContentsMargins(m.pageMargin(), m.step(1.5), m.pageMargin(), m.step(1.5));
    line->addWidget(m_verdict, 1);
    auto *hint = new TextLabel(m_text->accessibleDescription(), TextRole::Small, Token::Text3);
    hint->setElided(Qt::ElideRight);
    line->addWidget(hint);
    return foot;
}

QWidget *DocumentEditor::makeForm()
{
    const Metrics &m = themeOf(this).metrics();
    m_nameEdit->setObjectName(u"editorName"_s);
    m_nameEdit->setMinimumWidth(m.lines(16));
    m_type->setObjectName(u"editorType"_s);
    m_type->addItems({u"Command"_s, u"Session"_s});
    m_format->setObjectName(u"editorFormat"_s);
    m_format->addItems({u"YAML"_s, u"JSON"_s});
    m_versionName->setObjectName(u"editorVersionName"_s);
    m_makeDefault->setObjectName(u"editorMakeDefault"_s);
    m_makeDefault->setChecked(true);
    m_makeDefault->setVisible(!isNew());
    auto *box = new QWidget;
    auto *line = new QHBoxLayout(box);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(m.fieldGap());
    m_nameField = new FormField(tr("Name"), m_nameEdit, tr("3 to 128 letters, digits, _ - and ."));
    auto *type = new FormField(tr("Type"), m_type);
    line->addWidget(m_nameField, 0, Qt::AlignTop);
    line->addWidget(type, 0, Qt::AlignTop);
    m_nameField->setVisible(isNew());
    type->setVisible(isNew());
    line->addWidget(new FormField(tr("Format"), m_format), 0, Qt::AlignTop);
    m_versionField = new FormField(tr("Version name (optional)"), m_versionName);
    line->addWidget(m_versionField, 0, Qt::AlignTop);
    line->addWidget(m_makeDefault, 0, Qt::AlignVCenter);
    line->addStretch(1);
    const auto useTemplate = [this](const QString &typeBefore, const QString &formatBefore) {
        m_text->setLanguage(m_format->currentText() == u"JSON" ? CodeLanguage::Json : CodeLanguage::Yaml);
        // Only over an untouched template: what somebody wrote stays.
        if (isNew() && m_text->exactText() == documentTemplate(typeBefore, formatBefore))
            m_text->setPlainText(documentTemplate(m_type->currentText(), m_format->currentText()));
        else if (formatBefore != m_format->currentText() && !m_text->exactText().isEmpty()) {
            convert(formatBefore);
        }
        changed();
    };
    connect(m_type, &QComboBox::currentTextChanged, this, [this, useTemplate](const QString &now) {
        useTemplate(now == u"Command" ? u"Session"_s : u"Command"_s, m_format->currentText());
    });
    connect(m_format, &QComboBox::currentTextChanged, this, [this, useTemplate](const QString &now) {
        useTemplate(m_type->currentText(), now == u"YAML" ? u"JSON"_s : u"YAML"_s);
    });
    return box;
}

// What can be read is written anew in the other format; what cannot stays, with its faults. JSON has no comments: untouched, it goes back to
// the text that it was made from.
void DocumentEditor::convert(const QString &formatBefore)
{
    const QString text = m_text->exactText();
    if (m_converted.to == text && m_converted.format == m_format->currentText())
        return m_text->setPlainText(std::exchange(m_converted, {}).from);
    const auto other = m_documents.source().convert(text, formatBefore, m_format->currentText());
    if (!other)
        return;
    m_converted = {formatBefore, text, *other};
    m_text->setPlainText(*other);
    m_converted.to = m_text->exactText();
}

void DocumentEditor::askForStep()
{
    auto *sheet = new StepSheet(m_documents.source().plugins(), window());
    connect(sheet, &StepSheet::made, this, &DocumentEditor::addStep);
    sheet->open();
}

void DocumentEditor::addStep(const NewStep &step)
{
    const auto text = m_documents.source().addStep(edit(), step);
    if (!text) {
        m_banner->showMessage(Tone::Waiting, Icon::FieldError, tr("The step was not added."),
                              tr("The text has problems, or its steps are not a list. Correct it first."));
        return m_banner->setAction({});
    }
    m_text->selectAll(); // so that Ctrl+Z takes it away again
    m_text->insertPlainText(*text);
    m_text->setFocus();
    check();
}

void DocumentEditor::begin()
{
    const bool hasDraft = takeDraft();
    if (!isNew())
        return readInto(m_name, false); // a draft, too, is compared with it
    if (hasDraft)
        return;
    if (m_from.isEmpty())
        beginFresh();
    else
        readInto(m_from, true);
}

void DocumentEditor::beginFresh()
{
    DocumentEdit fresh;
    fresh.type = u"Command"_s;
    fresh.format = u"YAML"_s;
    fresh.content = documentTemplate(fresh.type, fresh.format);
    m_basedOn.clear();
    m_before = fresh;
    setEdit(fresh);
}

void DocumentEditor::readInto(const QString &name, bool asCopy)
{
    setReady(false);
    m_documents.source().read(name, asCopy ? QString() : u"$LATEST"_s,
                              [self = QPointer<DocumentEditor>(this), asCopy,
                               from = m_from](const ShownError &problem, const DocumentText &text) {
                                  if (!self || from != self->m_from) // a newer question is on its way
                                      return;
                                  if (!problem.isEmpty())
                                      return self->m_banner->showProblem(
                                          problem, tr("The document could not be read."));
                                  DocumentEdit edit;
                                  edit.name = asCopy ? QString() : text.name;
                                  edit.type = text.type;
                                  edit.format = text.format;
                                  edit.content = text.content;
                                  self->m_before = edit;
                                  self->setReady(true);
                                  if (self->m_hasDraft) // it stands on the version that it was begun with
                                      return self->check();
                                  self->m_basedOn = asCopy ? QString() : text.version;
                                  self->setEdit(edit);
                              });
}

void DocumentEditor::setReady(bool ready)
{
    m_save->setEnabled(ready && !m_isSaving);
    m_text->setReadOnly(!ready);
}

void DocumentEditor::setEdit(const DocumentEdit &edit)
{
    m_nameEdit->setText(edit.name);
    m_text->setPlainText({}); // so that no template takes its place
    if (m_type->findText(edit.type) < 0)
        m_type->addItem(edit.type); // copied from a document of another type
    m_type->setCurrentText(edit.type);
    m_format->setCurrentText(edit.format);
    m_versionName->setText(edit.versionName);
    m_makeDefault->setChecked(edit.makeDefault);
    m_text->setPlainText(edit.content);
    m_text->setLanguage(edit.format == u"JSON" ? CodeLanguage::Json : CodeLanguage::Yaml);
    m_draftSoon.stop(); // nobody has written this
    check();
}

DocumentEdit DocumentEditor::edit() const
{
    DocumentEdit edit;
    edit.name = isNew() ? m_nameEdit->text().trimmed() : m_name;
    edit.type = isNew() ? m_type->currentText() : m_before.type;
    edit.format = m_format->currentText();
    edit.versionName = m_versionName->text().trimmed();
    edit.content = m_text->exactText();
    edit.basedOn = m_basedOn;
    edit.makeDefault = m_makeDefault->isChecked();
    return edit;
}

bool DocumentEditor::isDirty() const
{
    const DocumentEdit now = edit();
    return now.content != m_before.content || now.name != m_before.name
        || now.versionName != m_before.versionName;
}

void DocumentEditor::onShown()
{
    if (!m_isSaving && !m_hasDraft && !m_text->isReadOnly() && !isDirty())
        begin();
}

void DocumentEditor::changed()
{
    m_checkSoon.start();
    m_draftSoon.start();
}

void DocumentEditor::check()
{
    m_checkSoon.stop();
    const QList<DocumentProblem> problems = m_documents.source().check(edit());
    QList<CodeEditor::Fault> faults;
    m_problems->clear();
    int wrong = 0;
    const Theme &theme = themeOf(this);
    for (const DocumentProblem &problem : problems) {
        faults.append({problem.line, problem.column, problem.text, problem.isWarning});
        wrong += problem.isWarning ? 0 : 1;
        auto *item = new QListWidgetItem(
            problem.line > 0 ? tr("Line %1: %2").arg(problem.line).arg(problem.text) : problem.text);
        item->setIcon(theme.pixmap(problem.isWarning ? Icon::Notice : Icon::FieldError,
                                   theme.toneText(problem.isWarning ? Tone::Waiting : Tone::Failed),
                                   Metrics::kIcon, devicePixelRatioF(), Stroke::Status));
        item->setData(Qt::UserRole, problem.line);
        item->setData(Qt::UserRole + 1, problem.column);
        m_problems->addItem(item);
    }
    m_text->setFaults(faults);
    if (m_dryRunButton->isChecked())
        m_dryRun->setEdit(edit());
    m_problems->setVisible(!problems.isEmpty());
    m_verdict->setTone(wrong > 0 ? Tone::Failed : Tone::Success);
    m_verdict->setText(wrong > 0 ? tr("%n problem(s). Press Enter on one to go to its line.", nullptr, wrong)
                                 : tr("No problems found."));
}

QString DocumentEditor::draftKey() const
{
    if (!isNew())
        return u"document/"_s + m_name;
    return m_from.isEmpty() ? u"document/+new"_s : u"document/+new?from="_s + m_from;
}

void DocumentEditor::keepDraft()
{
    m_draftSoon.stop();
    if (!m_hasDraft && !isDirty())
        return m_drafts.remove(draftKey());
    const DocumentEdit now = edit();
    const bool kept = m_drafts.save(draftKey(),
                                    {{u"name"_s, now.name},
                                     {u"type"_s, now.type},
                                     {u"format"_s, now.format},
                                     {u"versionName"_s, now.versionName},
                                     {u"content"_s, now.content},
                                     {u"makeDefault"_s, now.makeDefault},
                                     {u"basedOn"_s, now.basedOn}});
    if (kept || std::exchange(m_draftProblemTold, true))
        return;
    m_banner->showMessage(Tone::Waiting, Icon::FieldError, tr("No draft is saved."),
                          tr("The data folder is not writable. Save before you leave this page."));
    m_banner->setAction({});
}

bool DocumentEditor::takeDraft()
{
    const auto draft = m_drafts.load(draftKey());
    m_hasDraft = draft.has_value();
    if (!draft)
        return false;
    DocumentEdit kept;
    kept.name = draft->values.value(u"name"_s).toString();
    kept.type = draft->values.value(u"type"_s).toString(u"Command"_s);
    kept.format = draft->values.value(u"format"_s).toString(u"YAML"_s);
    kept.versionName = draft->values.value(u"versionName"_s).toString();
    kept.content = draft->values.value(u"content"_s).toString();
    kept.makeDefault = draft->values.value(u"makeDefault"_s).toBool(true);
    m_basedOn = draft->values.value(u"basedOn"_s).toString();
    m_before.type = kept.type;
    setEdit(kept);
    m_banner->showMessage(
        Tone::Accent, Icon::Notice, tr("Your draft is back."),
        tr("Kept as a draft on %1. It is not saved yet.").arg(RelativeTime::exact(draft->savedAt)));
    m_banner->setAction(tr("Discard the draft"));
    return true;
}

void DocumentEditor::throwDraftAway()
{
    m_drafts.remove(draftKey());
    m_banner->hide();
    begin();
}

void DocumentEditor::save()
{
    if (m_isSaving || !m_save->isEnabled() || EditGate::waits(*m_save))
        return;
    const DocumentEdit now = edit();
    if (isNew() && now.name.size() < 3) {
        m_nameField->setError(tr("Enter a name of 3 to 128 letters, digits, _ - and ."));
        return m_nameEdit->setFocus();
    }
    m_isSaving = true;
    m_save->setEnabled(false);
    m_documents.source().save(
        now, [self = QPointer<DocumentEditor>(this)](const ShownError &problem, const DocumentSaved &saved) {
            if (self)
                self->saved(problem, saved);
        });
}

void DocumentEditor::saved(const ShownError &problem, const DocumentSaved &saved)
{
    m_isSaving = false;
    setReady(true);
    if (!problem.isEmpty())
        return showRefusal(problem);
    const QString address = u"documents/"_s + edit().name;
    m_draftSoon.stop();
    m_drafts.remove(draftKey());
    m_hasDraft = false;
    m_banner->hide();
    m_before = edit();
    m_basedOn = saved.version;
    if (!saved.defaultProblem.isEmpty()) {
        m_banner->showProblem(saved.defaultProblem,
                              tr("Version %1 is saved, but it is not the default.").arg(saved.version));
        return m_banner->setAction({});
    }
    if (isNew()) { // the next time this page is for another one
        m_from.clear();
        beginFresh();
    }
    emit navigate(address);
}

void DocumentEditor::showRefusal(const ShownError &problem)
{
    if (isNew() && problem.field == u"Name") {
        m_nameField->setError(problem.message);
        return m_nameEdit->setFocus();
    }
    if (problem.field == u"VersionName") {
        m_versionField->setError(problem.message);
        return m_versionName->setFocus();
    }
    check(); // an invalid content: its lines
    m_banner->showProblem(problem, tr("The document was not saved. Your text is still here."));
    m_banner->setAction({});
}

void DocumentEditor::takeFile(const QString &path)
{
    const DocumentFile file = DocumentFile::read(path);
    if (!file.refusal.isEmpty()) {
        m_banner->showMessage(Tone::Failed, Icon::FieldError, tr("The file was not imported."), file.refusal);
        m_banner->setAction({});
        return;
    }
    m_banner->hide();
    m_text->selectAll(); // so that Ctrl+Z brings back what was there
    m_text->setLanguage(file.format == u"JSON" ? CodeLanguage::Json : CodeLanguage::Yaml);
    m_text->insertPlainText(file.content);
    m_format->setCurrentText(file.format);
    if (isNew() && m_nameEdit->text().isEmpty())
        m_nameEdit->setText(file.name);
    check();
}

ViewState DocumentEditor::view() const
{
    ViewState view;
    view.set(u"from"_s, m_from);
    return view;
}

void DocumentEditor::setView(const ViewState &view)
{
    if (!isNew() || m_from == view.value(u"from"_s))
        return;
    if (m_draftSoon.isActive())
        keepDraft(); // of what was written here before
    m_banner->hide();
    m_from = view.value(u"from"_s);
    begin();
}

void DocumentEditor::dragEnterEvent(QDragEnterEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.first().isLocalFile())
        event->acceptProposedAction();
}

void DocumentEditor::dropEvent(QDropEvent *event)
{
    takeFile(event->mimeData()->urls().value(0).toLocalFile());
    event->acceptProposedAction();
}

void DocumentEditor::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Save))
        return save();
    Page::keyPressEvent(event);
}

}
