#include "ui/nodes/runcommand/composer.h"

#include "ui/nodes/runcommand/parameter_form.h"
#include "ui/nodes/runcommand/target_picker.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QComboBox>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSpinBox>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    const auto kUsualDocument = u"AWS-RunShellScript"_s;
    constexpr int kLongestDeliveryMinutes = 43200; // 30 days
    constexpr int kLongestComment = 100;

    bool isRate(const QString &text, bool zeroAllowed)
    {
        static const QRegularExpression kRate(u"^(?:[1-9][0-9]{0,6}|(?:100|[1-9]?[0-9])%|0)$"_s);
        if (!kRate.match(text).hasMatch() || text.size() > 7)
            return false;
        return zeroAllowed || (text != u"0" && text != u"0%");
    }
}

Composer::Composer(RunsViewModel &runs, FleetViewModel &fleet, QWidget *window)
    : Sheet(tr("Run a document"), window),
      m_runs(runs),
      m_fleet(fleet),
      m_document(new QComboBox),
      m_parameters(new ParameterForm),
      m_targets(new TargetPicker(fleet)),
      m_concurrency(new QLineEdit(u"50"_s)),
      m_errors(new QLineEdit(u"0"_s)),
      m_timeout(new QSpinBox),
      m_comment(new QLineEdit),
      m_send(makeButton(u"composerSend"_s, tr("Run"), Icon::RunCommand, ButtonKind::Primary)),
      m_banner(new Banner)
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"composer"_s);
    m_document->setObjectName(u"composerDocument"_s);
    m_document->setMinimumWidth(m.lines(14));
    m_documentField = new FormField(tr("Document"), m_document);
    m_concurrency->setObjectName(u"composerConcurrency"_s);
    m_errors->setObjectName(u"composerErrors"_s);
    m_timeout->setObjectName(u"composerTimeout"_s);
    m_comment->setObjectName(u"composerComment"_s);
    m_concurrency->setFixedWidth(m.lines(6));
    m_errors->setFixedWidth(m.lines(6));
    m_timeout->setRange(1, kLongestDeliveryMinutes);
    m_timeout->setValue(10);
    m_timeout->setSuffix(tr(" min"));
    m_timeout->setFixedWidth(m.lines(7));
    m_comment->setMaxLength(kLongestComment);
    m_comment->setPlaceholderText(tr("What is it for? It becomes the title of the run."));
    m_commentField = new FormField(tr("Comment (optional)"), m_comment, {}, true);
    m_concurrencyField = new FormField(tr("Nodes at once"), m_concurrency, tr("a number, or 10%"));
    m_errorsField = new FormField(tr("Errors allowed"), m_errors, tr("a number, or 10%"));
    m_timeoutField = new FormField(tr("Nodes must start within"), m_timeout);

    body()->addWidget(m_banner);
    auto *first = new QHBoxLayout;
    first->setSpacing(m.step(5));
    first->addWidget(m_documentField, 0, Qt::AlignTop);
    first->addWidget(m_commentField, 1, Qt::AlignTop);
    body()->addLayout(first);
    body()->addWidget(m_parameters);
    body()->addWidget(makeSection(tr("Where"), m_targets));
    auto *rate = new QWidget;
    auto *rateLine = new QHBoxLayout(rate);
    rateLine->setContentsMargins(0, 0, 0, 0);
    rateLine->setSpacing(m.step(5));
    rateLine->addWidget(m_concurrencyField, 0, Qt::AlignTop);
    rateLine->addWidget(m_errorsField, 0, Qt::AlignTop);
    rateLine->addWidget(m_timeoutField, 0, Qt::AlignTop);
    rateLine->addStretch(1);
    body()->addWidget(makeSection(tr("Rate and time"), rate));
    body()->addStretch(1);

    auto *cancel = makeButton(u"composerCancel"_s, tr("Cancel"));
    foot()->addStretch(1);
    foot()->addWidget(cancel);
    foot()->addWidget(m_send);

    connect(cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(m_send, &QPushButton::clicked, this, &Composer::send);
    connect(m_document, &QComboBox::currentIndexChanged, this, &Composer::showDocument);
    connect(m_targets, &TargetPicker::changed, this, &Composer::updateButton);
    for (QLineEdit *line : {m_concurrency, m_errors, m_comment})
        connect(line, &QLineEdit::returnPressed, this, &Composer::send);
    connect(m_concurrency, &QLineEdit::textEdited, this, [this] { m_concurrencyField->setError({}); });
    connect(m_errors, &QLineEdit::textEdited, this, [this] { m_errorsField->setError({}); });
    connect(&m_runs, &RunsViewModel::documentsChanged, this, [this] {
        const QString current = m_document->currentData().toString();
        m_document->clear();
        for (const DocumentForm &document : m_runs.documents())
            m_document->addItem(document.name, document.name);
        const int usual = m_document->findData(current.isEmpty() ? kUsualDocument : current);
        m_document->setCurrentIndex(qMax(0, usual));
        if (m_prefill)
            setRequest(*m_prefill);
    });
    connect(&m_runs, &RunsViewModel::sent, this, [this](const QString &requestId, const QString &commandId) {
        if (requestId != m_request)
            return;
        emit started(commandId);
        close();
    });
    connect(&m_runs, &RunsViewModel::refused, this,
            [this](const QString &requestId, const ShownError &problem) {
                if (requestId == m_request)
                    showRefusal(problem);
            });
    for (const DocumentForm &document : m_runs.documents())
        m_document->addItem(document.name, document.name);
    m_document->setCurrentIndex(qMax(0, m_document->findData(kUsualDocument)));
    m_runs.loadDocuments(); // there may be new ones
    showDocument();
    updateButton();
}

QWidget *Composer::makeSection(const QString &title, QWidget *content)
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

void Composer::showDocument()
{
    const QString name = m_document->currentData().toString();
    for (const DocumentForm &document : m_runs.documents()) {
        if (document.name == name)
            m_parameters->setDocument(document);
    }
    updateButton();
}

void Composer::setNodes(const QStringList &nodeIds)
{
    RunTargets targets;
    targets.nodeIds = nodeIds;
    m_targets->setTargets(targets);
}

void Composer::setRequest(const RunRequest &request)
{
    const int index = m_document->findData(request.documentName);
    m_prefill = index < 0 ? std::optional(request) : std::nullopt;
    if (index >= 0)
        m_document->setCurrentIndex(index);
    m_parameters->setValues(request.parameters);
    m_targets->setTargets(request.targets);
    m_concurrency->setText(request.maxConcurrency);
    m_errors->setText(request.maxErrors);
    m_timeout->setValue(static_cast<int>(std::chrono::ceil<std::chrono::minutes>(request.timeout).count()));
    m_comment->setText(request.comment);
}

void Composer::updateButton()
{
    const int count = m_targets->matchCount();
    m_send->setText(count > 0 ? tr("Run on %n node(s)", nullptr, count) : tr("Run"));
    m_send->updateGeometry();
}

RunRequest Composer::request() const
{
    return {.documentName = m_document->currentData().toString(),
            .documentVersion = {},
            .parameters = m_parameters->values(),
            .targets = m_targets->targets(),
            .comment = m_comment->text().trimmed(),
            .maxConcurrency = m_concurrency->text().trimmed(),
            .maxErrors = m_errors->text().trimmed(),
            .timeout = std::chrono::minutes(m_timeout->value())};
}

void Composer::send()
{
    if (!m_send->isEnabled())
        return;
    m_banner->hide();
    QWidget *wrong = m_parameters->validate();
    if (!isRate(m_concurrency->text().trimmed(), false)) {
        m_concurrencyField->setError(tr("Enter 1 or more, or 1% to 100%."));
        wrong = wrong ? wrong : m_concurrency;
    }
    if (!isRate(m_errors->text().trimmed(), true)) {
        m_errorsField->setError(tr("Enter 0 or more, or 0% to 100%."));
        wrong = wrong ? wrong : m_errors;
    }
    if (wrong)
        return wrong->setFocus();
    if (!m_targets->validate().isEmpty())
        return;
    m_send->setEnabled(false);
    m_request = m_runs.send(request());
}

void Composer::showRefusal(const ShownError &problem)
{
    m_send->setEnabled(true);
    if (m_parameters->showError(problem.field, problem.message))
        return;
    const QHash<QString, FormField *> fields {{u"MaxConcurrency"_s, m_concurrencyField},
                                              {u"MaxErrors"_s, m_errorsField},
                                              {u"TimeoutSeconds"_s, m_timeoutField},
                                              {u"Comment"_s, m_commentField},
                                              {u"DocumentName"_s, m_documentField}};
    if (FormField *field = fields.value(problem.field)) {
        field->setError(problem.message);
        field->field()->setFocus();
        return;
    }
    m_banner->showProblem(problem, tr("Nothing was sent."));
}

}
