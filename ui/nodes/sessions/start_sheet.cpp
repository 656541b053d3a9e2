#include "ui/nodes/sessions/start_sheet.h"

#include "ui/nodes/runcommand/document_picker.h"
#include "ui/nodes/runcommand/parameter_form.h"
#include "ui/nodes/sessions/node_picker.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/fact_list.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"

#include <QLineEdit>
#include <QPointer>
#include <QVBoxLayout>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const auto kUsualDocument = u"SSM-SessionManagerRunShell"_s;
    constexpr int kLongestReason = 256;
}

StartSheet::StartSheet(FleetViewModel &fleet, SessionDeskModel &desk, QWidget *window)
    : Sheet(tr("Start a session"), window),
      m_fleet(fleet),
      m_desk(desk),
      m_banner(new Banner),
      m_nodes(new NodePicker(fleet)),
      m_document(new DocumentPicker),
      m_parameters(new ParameterForm),
      m_reason(new QLineEdit),
      m_nodesField(new FormField(tr("Nodes"), m_nodes, {}, true)),
      m_documentField(new FormField(tr("Session document"), m_document, {}, true)),
      m_reasonField(new FormField(tr("Reason"), m_reason,
                                  tr("Shown in the audit log and in the recording's history."), true)),
      m_facts(new FactList),
      m_start(makeButton(u"startSession"_s, tr("Start session"), Icon::Sessions, ButtonKind::Primary))
{
    setObjectName(u"startSheet"_s);
    m_banner->setObjectName(u"startBanner"_s);
    m_banner->hide();
    m_reason->setObjectName(u"startReason"_s);
    m_reason->setMaxLength(kLongestReason);
    m_facts->setObjectName(u"startFacts"_s);
    // Its room, until the document is here: a sheet takes its height when it opens.
    m_facts->setFacts({{tr("Runs as"), u"..."_s},
                       {tr("Idle limit"), u"..."_s},
                       {tr("Time limit"), u"..."_s},
                       {tr("Recording"), u"..."_s}});
    markChange(m_start, "ssm:StartSession");
    body()->addWidget(m_banner);
    body()->addWidget(m_nodesField);
    body()->addWidget(m_documentField);
    body()->addWidget(m_parameters);
    body()->addWidget(m_reasonField);
    body()->addWidget(m_facts);
    body()->addStretch(1);
    auto *cancel = makeButton(u"startCancel"_s, tr("Cancel"));
    foot()->addStretch(1);
    foot()->addWidget(cancel);
    foot()->addWidget(m_start);
    connect(cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(m_start, &QPushButton::clicked, this, &StartSheet::submit);
    connect(m_reason, &QLineEdit::returnPressed, this, &StartSheet::submit);
    connect(m_reason, &QLineEdit::textEdited, this, [this] { m_reasonField->setError({}); });
    connect(m_nodes, &NodePicker::chosenChanged, this, [this] {
        m_nodesField->setError({});
        updateButton();
    });
    connect(m_document, &DocumentPicker::chosen, this, &StartSheet::showDocument);
    desk.source().documents([self = QPointer<StartSheet>(this)](const QList<SessionDocument> &documents,
                                                                const ShownError &problem) {
        if (self)
            self->takeDocuments(documents, problem);
    });
    updateButton();
}

QWidget *StartSheet::firstField()
{
    return m_nodes->chosen().isEmpty() ? static_cast<QWidget *>(m_nodes) : m_reason;
}

void StartSheet::setNodes(const QStringList &nodeIds)
{
    m_nodes->setChosen(nodeIds);
    updateButton();
}

void StartSheet::takeDocuments(const QList<SessionDocument> &documents, const ShownError &problem)
{
    if (!problem.isEmpty())
        return m_banner->showProblem(problem, tr("The session documents could not be read."));
    m_documents = documents;
    QList<DocumentForm> forms;
    for (const SessionDocument &each : documents) {
        if (each.problem.isEmpty()) // a tunnel, say, is not opened here
            forms << each.form;
    }
    m_document->setDocuments(forms);
    if (!m_document->current() && !m_document->choose(kUsualDocument) && !forms.isEmpty())
        m_document->choose(forms.first().name);
    showDocument();
}

const SessionDocument *StartSheet::document() const
{
    const DocumentForm *form = m_document->current();
    const auto found
        = std::find_if(m_documents.begin(), m_documents.end(),
                       [form](const SessionDocument &each) { return form && each.form.name == form->name; });
    return found == m_documents.end() ? nullptr : &*found;
}

void StartSheet::showDocument()
{
    const SessionDocument *chosen = document();
    m_documentField->setError({});
    m_parameters->setDocument(chosen ? chosen->form : DocumentForm());
    m_parameters->setVisible(chosen && !chosen->form.parameters.isEmpty());
    if (!chosen)
        return;
    m_reason->setPlaceholderText(chosen->reasonRequired ? tr("Required") : tr("Optional"));
    const auto length = [](std::chrono::seconds time) {
        return tr("%n minute(s)", nullptr, static_cast<int>(time.count() / 60));
    };
    m_facts->setFacts(
        {{tr("Runs as"),
          chosen->runAs.isEmpty() ? tr("ssm-user, or the agent's own user where the agent is not root")
                                  : chosen->runAs},
         {tr("Idle limit"), tr("ends after %1 without input").arg(length(chosen->idleLimit))},
         {tr("Time limit"), chosen->longest.count() > 0 ? length(chosen->longest) : tr("no limit")},
         {tr("Recording"), chosen->recorded ? tr("yes, from the first byte") : tr("none")}});
}

void StartSheet::updateButton()
{
    const auto count = static_cast<int>(m_nodes->chosen().size());
    m_start->setText(count > 1 ? tr("Start %n session(s)", nullptr, count) : tr("Start session"));
    m_start->updateGeometry();
}

QWidget *StartSheet::validate()
{
    QWidget *wrong = nullptr;
    const auto note = [&wrong](QWidget *field) { wrong = wrong ? wrong : field; };
    const SessionDocument *chosen = document();
    if (m_nodes->chosen().isEmpty()) {
        m_nodesField->setError(tr("Choose a node that is online."));
        note(m_nodes);
    }
    if (!chosen) {
        m_documentField->setError(tr("Choose a document."));
        note(m_document);
    }
    if (QWidget *parameter = m_parameters->validate())
        note(parameter);
    if (chosen && chosen->reasonRequired && m_reason->text().trimmed().isEmpty()) {
        m_reasonField->setError(tr("Enter a reason of 1 to 256 characters."));
        note(m_reason);
    }
    return wrong;
}

void StartSheet::submit()
{
    if (!m_start->isEnabled() || EditGate::waits(*m_start))
        return;
    m_banner->hide();
    if (QWidget *wrong = validate())
        return wrong->setFocus();
    QList<SessionWish> wishes;
    for (const QString &id : m_nodes->chosen()) {
        const NodeRow *row = m_fleet.nodes().node(id);
        wishes << SessionWish {.nodeId = id,
                               .nodeName = row ? row->name : id,
                               .document = document()->form.name,
                               .reason = m_reason->text().trimmed(),
                               .parameters = m_parameters->values()};
    }
    if (wishes.size() > 1) { // each says in its own pane what becomes of it
        m_desk.openGrid(wishes);
        emit started();
        return close();
    }
    m_start->setEnabled(false);
    follow(m_desk.open(wishes.first()));
}

// Until the engine has taken or refused it.
void StartSheet::follow(int pane)
{
    SessionLink *link = m_desk.link(pane);
    connect(link, &SessionLink::changed, this, [this, link, pane] {
        const bool isRefused = !link->refusal().isEmpty();
        if (!isRefused && link->id().isEmpty())
            return;
        link->disconnect(this);
        if (!isRefused) {
            emit started();
            return close();
        }
        const ShownError problem = link->refusal();
        m_desk.closePane(pane);
        m_start->setEnabled(true);
        showRefusal(problem);
    });
}

void StartSheet::showRefusal(const ShownError &problem)
{
    if (m_parameters->showError(u"Parameters."_s + problem.field, problem.message)
        || m_parameters->showError(problem.field, problem.message))
        return;
    FormField *field = problem.field == u"Target" ? m_nodesField
        : problem.field == u"DocumentName"        ? m_documentField
        : problem.field == u"Reason"              ? m_reasonField
                                                  : nullptr;
    if (!field)
        return m_banner->showProblem(problem, tr("The session was not started."));
    field->setError(problem.message);
    field->field()->setFocus();
}

}
