#include "ui/nodes/runcommand/composer.h"

#include "models/nodes/runcommand/run_request_text.h"
#include "models/table/relative_time.h"
#include "ui/nodes/runcommand/request_editor.h"
#include "ui/nodes/runcommand/run_form.h"
#include "ui/text/text_viewer.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_sheet.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/tab_stack.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Composer::Composer(RunsViewModel &runs, FleetViewModel &fleet, DraftStore &drafts, int askAbove,
                   QWidget *window)
    : Sheet(tr("Run a document"), window),
      m_runs(runs),
      m_drafts(drafts),
      m_askAbove(askAbove),
      m_form(new RunForm(runs, fleet)),
      m_raw(new RequestEditor),
      m_line(new TextViewer(u"composerLine"_s, tr("The command line that sends the same"))),
      m_tabs(new TabStack(u"composerTabs"_s, tr("Ways to edit this run"))),
      m_banner(new Banner),
      m_usualFoot(new QWidget),
      m_leaveFoot(new QWidget),
      m_send(makeButton(u"composerSend"_s, tr("Run"), Icon::RunCommand, ButtonKind::Primary)),
      m_keep(makeButton(u"composerKeep"_s, tr("Keep as a draft")))
{
    markChange(m_send, "ssm:SendCommand");
    setObjectName(u"composer"_s);
    m_banner->setObjectName(u"composerBanner"_s);
    m_banner->hide();
    m_tabs->setInset(0, themeOf(this).metrics().step(4));
    m_tabs->addTab(u"form"_s, tr("Form"), m_form);
    m_tabs->addTab(u"raw"_s, tr("Raw"), m_raw);
    m_tabs->addTab(u"line"_s, tr("Command line"), makeLine());
    body()->addWidget(m_banner);
    body()->addWidget(m_tabs, 1);
    makeFoot();
    m_draftSoon.setSingleShot(true);
    m_draftSoon.setInterval(1s);

    connect(&m_draftSoon, &QTimer::timeout, this, &Composer::keepDraft);
    connect(m_tabs, &TabStack::currentChanged, this, &Composer::tabChanged);
    connect(m_form, &RunForm::edited, this, [this] {
        updateButton();
        m_draftSoon.start();
    });
    connect(m_form, &RunForm::filled, this, [this] {
        if (m_hasDraft)
            return;
        m_before = m_form->request();
        m_draftSoon.stop(); // nobody has typed this
    });
    connect(m_form, &RunForm::submitted, this, &Composer::submit);
    connect(m_raw, &RequestEditor::edited, this, [this] { m_rawEdited = true; });
    connect(m_banner, &Banner::actionClicked, this, &Composer::dropDraft);
    connect(&m_runs, &RunsViewModel::sent, this, [this](const QString &requestId, const QString &commandId) {
        if (requestId != m_request)
            return;
        m_mayGo = true;
        m_drafts.remove(draftKey());
        emit started(commandId);
        close();
    });
    connect(&m_runs, &RunsViewModel::refused, this,
            [this](const QString &requestId, const ShownError &problem) {
                if (requestId == m_request)
                    showRefusal(problem);
            });
    m_before = m_form->request();
    m_draftSoon.stop();
    m_runs.loadDocuments(); // there may be new ones
    updateButton();
}

Composer::~Composer()
{
    if (!m_mayGo && m_draftSoon.isActive())
        keepDraft();
    // Fields judge themselves when they lose the focus: not while they go one by one.
    if (QWidget *field = focusWidget())
        field->clearFocus();
}

QWidget *Composer::makeLine()
{
    const Metrics &m = themeOf(this).metrics();
    auto *copy = makeButton(u"composerCopyLine"_s, tr("Copy the command"), Icon::Copy);
    connect(copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(RunRequestText::commandLine(m_form->request()));
    });
    auto *line = new QHBoxLayout;
    line->addWidget(new TextLabel(tr("The same run from a shell, with the AWS CLI pointed at this engine."),
                                  TextRole::Small, Token::Text2),
                    1);
    line->addWidget(copy);
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(m.step(2));
    column->addLayout(line);
    m_line->setFixedHeight(m.lines(20));
    column->addWidget(m_line);
    column->addStretch(1);
    return box;
}

void Composer::makeFoot()
{
    const Metrics &m = themeOf(this).metrics();
    auto *cancel = makeButton(u"composerCancel"_s, tr("Cancel"));
    auto *usual = new QHBoxLayout(m_usualFoot);
    auto *leave = new QHBoxLayout(m_leaveFoot);
    for (QHBoxLayout *line : {usual, leave}) {
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(m.toolGap());
    }
    usual->addStretch(1);
    usual->addWidget(cancel);
    usual->addWidget(m_send);
    auto *discard = makeButton(u"composerDiscard"_s, tr("Discard"));
    auto *stay = makeButton(u"composerStay"_s, tr("Keep editing"));
    leave->addWidget(new TextLabel(tr("Nothing has been sent yet."), TextRole::Body));
    leave->addStretch(1);
    leave->addWidget(discard);
    leave->addWidget(stay);
    leave->addWidget(m_keep);
    m_leaveFoot->hide();
    foot()->addWidget(m_usualFoot, 1);
    foot()->addWidget(m_leaveFoot, 1);
    connect(cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(m_send, &QPushButton::clicked, this, &Composer::submit);
    connect(m_keep, &QPushButton::clicked, this, [this] {
        keepDraft();
        m_mayGo = true;
        close();
    });
    connect(discard, &QPushButton::clicked, this, [this] {
        m_drafts.remove(draftKey());
        m_mayGo = true;
        close();
    });
    connect(stay, &QPushButton::clicked, this, [this] {
        m_leaveFoot->hide();
        m_usualFoot->show();
        m_send->setFocus();
    });
}

QWidget *Composer::firstField() { return m_form; }

bool Composer::mayClose()
{
    if (m_mayGo || (!isDirty() && !m_rawEdited))
        return true;
    if (m_tabs->current() == u"raw" && !takeRaw())
        m_tabs->setCurrent(u"raw"_s);
    m_usualFoot->hide();
    m_leaveFoot->show();
    m_keep->setFocus();
    return false;
}

void Composer::setNodes(const QStringList &nodeIds)
{
    m_isPrefilled = true;
    m_form->setNodes(nodeIds);
}

void Composer::setRequest(const RunRequest &request)
{
    m_isPrefilled = true;
    m_form->setRequest(request);
}

void Composer::begin() { takeDraft(); }

// What was filled in from elsewhere never takes the place of what somebody began by hand.
QString Composer::draftKey() const { return m_isPrefilled ? u"run-command/filled"_s : u"run-command"_s; }

bool Composer::isDirty() const { return m_hasDraft || m_form->request() != m_before; }

void Composer::keepDraft()
{
    m_draftSoon.stop();
    if (!isDirty())
        return m_drafts.remove(draftKey());
    static_cast<void>(m_drafts.save(draftKey(), RunRequestText::draft(m_form->request())));
}

void Composer::takeDraft()
{
    for (const bool prefilled : {false, true}) {
        m_isPrefilled = prefilled;
        const auto draft = m_drafts.load(draftKey());
        if (!draft)
            continue;
        m_hasDraft = true;
        m_form->setRequest(RunRequestText::fromDraft(draft->values));
        m_banner->showMessage(
            Tone::Accent, Icon::Notice, tr("Your draft is back."),
            tr("Saved as a draft on %1. It has not been sent.").arg(RelativeTime::exact(draft->savedAt)));
        m_banner->setAction(tr("Discard the draft"));
        return;
    }
    m_isPrefilled = false;
}

void Composer::dropDraft()
{
    m_drafts.remove(draftKey());
    m_hasDraft = false;
    m_isPrefilled = false;
    m_banner->hide();
    RunRequest fresh;
    if (!m_form->isDocumentMissing())
        fresh.documentName = m_form->request().documentName;
    fresh.targets.all = true;
    m_form->setRequest(fresh);
}

void Composer::tabChanged()
{
    if (m_tabs->current() != u"raw" && m_rawEdited && !takeRaw())
        return m_tabs->setCurrent(u"raw"_s);
    if (m_tabs->current() == u"raw" && !m_rawEdited) {
        m_raw->setRequest(m_form->request());
        m_rawEdited = false;
    }
    if (m_tabs->current() == u"line")
        m_line->setText(RunRequestText::commandLine(m_form->request()));
}

bool Composer::takeRaw()
{
    const auto written = m_raw->request();
    if (!written)
        return false;
    const QList<DocumentForm> &documents = m_runs.documents();
    const auto document = std::find_if(documents.begin(), documents.end(), [&](const DocumentForm &form) {
        return form.name == written->documentName;
    });
    if (document == documents.end()) {
        m_raw->showProblem(tr("There is no Command document %1.").arg(written->documentName));
        return false;
    }
    for (const QString &name : written->parameters.keys()) {
        if (std::none_of(document->parameters.begin(), document->parameters.end(),
                         [&](const DocumentParameter &parameter) { return parameter.name == name; })) {
            m_raw->showProblem(tr("%1 has no parameter %2.").arg(written->documentName, name));
            return false;
        }
    }
    const RunRequest before = m_before;
    m_form->setRequest(*written);
    m_before = before; // typed, not filled in
    m_rawEdited = false;
    m_draftSoon.start();
    return true;
}

void Composer::updateButton()
{
    const int count = m_form->matchCount();
    m_send->setText(count > 0 ? tr("Run on %n node(s)", nullptr, count) : tr("Run"));
    m_send->updateGeometry();
}

void Composer::submit()
{
    if (!m_send->isEnabled() || EditGate::waits(*m_send))
        return;
    m_banner->hide();
    if (m_rawEdited && !takeRaw())
        return m_tabs->setCurrent(u"raw"_s);
    if (QWidget *wrong = m_form->validate()) {
        m_tabs->setCurrent(u"form"_s);
        return wrong->setFocus();
    }
    const RunRequest request = m_form->request();
    const QStringList names = m_form->matchNames();
    if (names.size() <= m_askAbove && !(request.targets.all && !names.isEmpty()))
        return send(request);
    const int count = static_cast<int>(names.size());
    auto *sheet = new ConfirmSheet(
        {.name = u"sendRun"_s,
         .question = tr("Run %1 on %n node(s)?", nullptr, count).arg(request.documentName),
         .consequence = request.targets.all
             ? tr("These are all nodes. A command that has started on a node cannot be undone.")
             : tr("A command that has started on a node cannot be undone."),
         .targets = names,
         .verb = tr("Run on %n node(s)", nullptr, count),
         .icon = Icon::RunCommand,
         .typedAbove = request.targets.all ? 0 : m_askAbove},
        parentWidget());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, request] { send(request); });
    sheet->ask();
}

void Composer::send(const RunRequest &request)
{
    m_send->setEnabled(false);
    m_request = m_runs.send(request);
}

void Composer::showRefusal(const ShownError &problem)
{
    m_send->setEnabled(true);
    m_tabs->setCurrent(u"form"_s);
    if (!m_form->showError(problem))
        m_banner->showProblem(problem, tr("Nothing was sent."));
}

}
