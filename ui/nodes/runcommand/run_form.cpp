#include "ui/nodes/runcommand/run_form.h"

#include "models/nodes/runcommand/run_rate.h"
#include "models/table/visible_text.h"
#include "ui/nodes/runcommand/document_picker.h"
#include "ui/nodes/runcommand/parameter_form.h"
#include "ui/nodes/runcommand/target_picker.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/text_label.h"

#include <QApplication>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    const auto kUsualDocument = u"AWS-RunShellScript"_s;
    constexpr int kLeastTimeout = 30; // seconds
    constexpr int kMostTimeout = 2592000;
    constexpr int kLongestComment = 100;
    constexpr int kUsualExecution = 3600; // seconds a step may take when nothing says otherwise
}

RunForm::RunForm(RunsViewModel &runs, FleetViewModel &fleet, QWidget *parent)
    : QWidget(parent),
      m_runs(runs),
      m_document(new DocumentPicker),
      m_parameters(new ParameterForm),
      m_targets(new TargetPicker(fleet)),
      m_concurrency(new QLineEdit(u"50"_s)),
      m_errors(new QLineEdit(u"0"_s)),
      m_timeout(new QSpinBox),
      m_comment(new QLineEdit),
      m_rate(new TextLabel(TextRole::Small, Token::Text2)),
      m_late(new TextLabel(TextRole::Small))
{
    const Metrics &m = themeOf(this).metrics();
    m_comment->setObjectName(u"composerComment"_s);
    m_comment->setMaxLength(kLongestComment);
    m_comment->setPlaceholderText(tr("Kernel update, second try"));
    m_documentField = new FormField(tr("Document"), m_document, {}, true);
    m_commentField = new FormField(tr("Comment (optional)"), m_comment,
                                   tr("What is it for? It becomes the title of the run."), true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(m.step(4));
    column->addWidget(m_documentField);
    column->addWidget(m_parameters);
    column->addWidget(makeSection(tr("Where"), m_targets));
    column->addWidget(makeSection(tr("Rate and time"), makeRate()));
    column->addWidget(m_commentField);
    column->addStretch(1);

    connect(m_document, &DocumentPicker::chosen, this, [this] {
        m_version.clear();
        m_prefill.reset(); // this one is wanted now
        showDocument();
        emit edited();
    });
    connect(m_parameters, &ParameterForm::edited, this, &RunForm::edited);
    connect(m_targets, &TargetPicker::changed, this, &RunForm::edited);
    connect(m_timeout, &QSpinBox::valueChanged, this, &RunForm::edited);
    for (QLineEdit *line : {m_concurrency, m_errors, m_comment}) {
        connect(line, &QLineEdit::textChanged, this, &RunForm::edited);
        connect(line, &QLineEdit::returnPressed, this, &RunForm::submitted);
    }
    connect(m_concurrency, &QLineEdit::textChanged, this, [this] { checkRate(m_concurrencyField, false); });
    connect(m_errors, &QLineEdit::textChanged, this, [this] { checkRate(m_errorsField, false); });
    connect(this, &RunForm::edited, this, &RunForm::updateRate);
    connect(qApp, &QApplication::focusChanged, this, &RunForm::fieldLeft);
    connect(&m_runs, &RunsViewModel::documentsChanged, this, &RunForm::takeDocuments);
    setFocusProxy(m_document);
    takeDocuments();
    updateRate();
}

QWidget *RunForm::makeSection(const QString &title, QWidget *content)
{
    const Metrics &m = themeOf(this).metrics();
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, m.step(1), 0, 0);
    column->setSpacing(m.step(2));
    column->addWidget(new TextLabel(title, TextRole::SectionHeading));
    column->addWidget(content);
    return box;
}

QWidget *RunForm::makeRate()
{
    const Metrics &m = themeOf(this).metrics();
    m_concurrency->setObjectName(u"composerConcurrency"_s);
    m_errors->setObjectName(u"composerErrors"_s);
    m_timeout->setObjectName(u"composerTimeout"_s);
    m_concurrency->setFixedWidth(m.lines(6));
    m_errors->setFixedWidth(m.lines(6));
    m_timeout->setRange(kLeastTimeout, kMostTimeout);
    m_timeout->setValue(600);
    m_timeout->setSingleStep(60);
    //: seconds, after a number
    m_timeout->setSuffix(tr(" s"));
    m_timeout->setFixedWidth(m.lines(8));
    m_concurrencyField = new FormField(tr("Nodes at once"), m_concurrency, tr("a number, or 10%"));
    m_errorsField = new FormField(tr("Errors allowed"), m_errors, tr("a number, or 10%"));
    m_timeoutField = new FormField(tr("Nodes must start within"), m_timeout, tr("30 to 2592000 seconds"));
    m_rate->setObjectName(u"composerRate"_s);
    m_rate->setWordWrap(true);
    m_late->setObjectName(u"composerLate"_s);
    m_late->setWordWrap(true);
    m_late->setTone(Tone::Waiting);
    auto *line = new QHBoxLayout;
    line->setSpacing(m.step(5));
    for (FormField *field : {m_concurrencyField, m_errorsField, m_timeoutField})
        line->addWidget(field, 0, Qt::AlignTop);
    line->addStretch(1);
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(m.step(2));
    column->addLayout(line);
    column->addWidget(m_rate);
    column->addWidget(m_late);
    return box;
}

void RunForm::takeDocuments()
{
    const RunRequest before = request();
    m_document->setDocuments(m_runs.documents());
    if (m_document->current() || m_runs.documents().isEmpty())
        return; // what is typed already stays typed
    if (!before.documentName.isEmpty() && m_document->has(before.documentName)) { // named, and here now
        m_document->choose(before.documentName);
        m_version = before.documentVersion;
        m_parameters->setValues(before.parameters);
    } else if (!before.documentName.isEmpty()) {
        return showMissing(before);
    } else {
        chooseUsual();
    }
    emit filled();
}

void RunForm::chooseUsual()
{
    if (!m_document->choose(kUsualDocument) && !m_runs.documents().isEmpty())
        m_document->choose(m_runs.documents().first().name);
}

void RunForm::showDocument()
{
    m_documentField->setError({});
    m_parameters->setDocument(m_document->current() ? *m_document->current() : DocumentForm());
}

// Never another document than the one that was named: the operator chooses.
void RunForm::showMissing(const RunRequest &request)
{
    m_prefill = request;
    m_document->chooseNone();
    showDocument();
    if (!m_runs.documents().isEmpty()) // else it may still come
        m_documentField->setError(tr("There is no Command document %1 that you may run. It may have been "
                                     "deleted or renamed. Choose "
                                     "another one.")
                                      .arg(visibleText(request.documentName, 120)));
}

void RunForm::setNodes(const QStringList &nodeIds)
{
    RunTargets targets;
    targets.nodeIds = nodeIds;
    m_targets->setTargets(targets);
    emit filled();
}

void RunForm::setRequest(const RunRequest &request)
{
    m_prefill.reset();
    if (request.documentName.isEmpty() && !m_document->current())
        chooseUsual();
    else if (!request.documentName.isEmpty() && !m_document->choose(request.documentName))
        showMissing(request);
    m_version = request.documentVersion;
    m_parameters->setValues(request.parameters);
    m_targets->setTargets(request.targets);
    m_concurrency->setText(request.maxConcurrency);
    m_errors->setText(request.maxErrors);
    m_timeout->setValue(static_cast<int>(request.timeout.count()));
    m_comment->setText(request.comment);
    emit filled();
}

RunRequest RunForm::request() const
{
    const bool isMissing = isDocumentMissing(); // then what was filled in for it waits
    return {.documentName = isMissing   ? m_prefill->documentName
                : m_document->current() ? m_document->current()->name
                                        : QString(),
            .documentVersion = m_version,
            .parameters = isMissing ? m_prefill->parameters : m_parameters->values(),
            .targets = m_targets->targets(),
            .comment = m_comment->text().trimmed(),
            .maxConcurrency = m_concurrency->text().trimmed(),
            .maxErrors = m_errors->text().trimmed(),
            .timeout = std::chrono::seconds(m_timeout->value())};
}

int RunForm::matchCount() const { return m_targets->matchCount(); }

QStringList RunForm::matchNames() const { return m_targets->matchNames(); }

void RunForm::updateRate()
{
    const int nodes = m_targets->matchCount();
    const QString words
        = RunRate::inWords(m_concurrency->text().trimmed(), m_errors->text().trimmed(), nodes);
    m_rate->setText(words);
    m_rate->setVisible(!words.isEmpty());
    const QStringList given = m_parameters->values().value(u"executionTimeout"_s);
    bool isNumber = false;
    const int execution = given.value(0).toInt(&isNumber);
    const QString late = RunRate::lateWarning(m_concurrency->text().trimmed(), nodes,
                                              std::chrono::seconds(m_timeout->value()),
                                              std::chrono::seconds(isNumber ? execution : kUsualExecution));
    m_late->setText(late);
    m_late->setVisible(!late.isEmpty());
}

void RunForm::checkRate(FormField *field, bool judge)
{
    if (!judge && field->error().isEmpty())
        return;
    const QString text = qobject_cast<QLineEdit *>(field->field())->text().trimmed();
    if (field == m_concurrencyField)
        field->setError(RunRate::atOnce(text, 1) ? QString() : tr("Enter 1 or more, or 1% to 100%."));
    else
        field->setError(RunRate::errorsAllowed(text, 1) ? QString() : tr("Enter 0 or more, or 0% to 100%."));
}

void RunForm::fieldLeft(const QWidget *left, const QWidget *now)
{
    if (!left || !now)
        return; // the window itself was left
    if (left == m_concurrency)
        checkRate(m_concurrencyField, true);
    if (left == m_errors)
        checkRate(m_errorsField, true);
}

QWidget *RunForm::validate()
{
    QWidget *wrong = nullptr;
    const auto note = [&](QWidget *field) { wrong = wrong ? wrong : field; };
    if (!m_document->current()) {
        if (m_documentField->error().isEmpty()) // else it says which one is missing
            m_documentField->setError(tr("Choose a document."));
        note(m_document);
    }
    note(m_parameters->validate());
    note(m_targets->validate());
    for (FormField *field : {m_concurrencyField, m_errorsField}) {
        checkRate(field, true);
        if (!field->error().isEmpty())
            note(field->field());
    }
    return wrong;
}

bool RunForm::showError(const ShownError &problem)
{
    if (m_parameters->showError(problem.field, problem.message))
        return true;
    if (problem.field.startsWith(u"Targets") || problem.field.startsWith(u"InstanceIds"))
        return m_targets->showError(problem.message);
    const QHash<QString, FormField *> fields {
        {u"MaxConcurrency"_s, m_concurrencyField}, {u"MaxErrors"_s, m_errorsField},
        {u"TimeoutSeconds"_s, m_timeoutField},     {u"Comment"_s, m_commentField},
        {u"DocumentVersion"_s, m_documentField},   {u"DocumentName"_s, m_documentField}};
    FormField *field = fields.value(problem.field);
    if (!field)
        return false;
    field->setError(problem.message);
    field->field()->setFocus();
    return true;
}

}
