#include "ui/nodes/tools/service_pane.h"

#include "models/table/relative_time.h"
#include "models/table/visible_text.h"
#include "ui/text/numbered_text.h"
#include "ui/text/text_viewer.h"
#include "ui/widgets/fact_list.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/scroll_box.h"
#include "ui/widgets/tab_stack.h"
#include "ui/widgets/text_label.h"

#include <QScrollBar>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    QWidget *partOf(TextLabel *note, TextViewer *viewer, const Metrics &m)
    {
        auto *part = new QWidget;
        auto *column = new QVBoxLayout(part);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(0);
        note->setWordWrap(true);
        note->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        note->setContentsMargins(m.step(4), m.step(2), m.step(4), m.step(2));
        column->addWidget(note);
        column->addWidget(viewer, 1);
        return part;
    }

    // A text, or in its place why there is none.
    void put(TextViewer *viewer, TextLabel *note, const QString &text, const QString &words)
    {
        note->setText(words);
        note->setVisible(!words.isEmpty());
        viewer->setVisible(!text.isEmpty());
        if (viewer->original() != text)
            viewer->setText(visibleLines(text), text);
    }
}

ServicePane::ServicePane(ServicesViewModel &model, QWidget *parent)
    : Surface(Token::Base, parent),
      m_model(model),
      m_title(new TextLabel(TextRole::SectionHeading)),
      m_note(new TextLabel(TextRole::Body, Token::Text2)),
      m_facts(new FactList),
      m_tabs(new TabStack(u"serviceParts"_s, tr("Log or unit file"))),
      m_logNote(new TextLabel(TextRole::Body, Token::Text2)),
      m_textNote(new TextLabel(TextRole::Body, Token::Text2)),
      m_log(new TextViewer(u"serviceLog"_s, tr("The last lines of its log"))),
      m_text(new TextViewer(u"serviceText"_s, tr("Its unit files")))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"servicePane"_s);
    setEdges(Qt::TopEdge);
    m_title->setElided(Qt::ElideMiddle);
    m_note->setObjectName(u"serviceNote"_s);
    m_note->setWordWrap(true);
    m_logNote->setObjectName(u"serviceLogNote"_s);
    m_textNote->setObjectName(u"serviceTextNote"_s);
    auto *close = makeIconButton(u"servicePaneClose"_s, Icon::Close, tr("Close"));
    connect(close, &QToolButton::clicked, this, &ServicePane::closeClicked);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(m.pageMargin(), m.step(2), m.step(3), 0);
    head->setSpacing(m.toolGap());
    head->addWidget(m_title, 1);
    head->addWidget(close);

    auto *facts = new QWidget;
    auto *factColumn = new QVBoxLayout(facts);
    factColumn->setContentsMargins(m.pageMargin(), m.step(1), m.step(4), m.step(3));
    factColumn->setSpacing(m.step(2));
    factColumn->addWidget(m_note);
    factColumn->addWidget(m_facts);
    factColumn->addStretch(1);
    auto *box = new ScrollBox(tr("What the unit is"));
    box->setContent(facts);
    m_tabs->setInset(m.step(4), 0);
    m_tabs->addTab(u"log"_s, tr("Last log lines"), partOf(m_logNote, m_log, m));
    m_tabs->addTab(u"file"_s, tr("Unit file"), partOf(m_textNote, m_text, m));
    auto *parts = new QHBoxLayout;
    parts->setContentsMargins(0, 0, 0, 0);
    parts->setSpacing(0);
    parts->addWidget(box, 2);
    parts->addWidget(new Divider(Qt::Vertical));
    parts->addWidget(m_tabs, 5);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addLayout(parts, 1);
    connect(&m_model, &ServicesViewModel::detailChanged, this, &ServicePane::showDetail);
    connect(&m_model, &ServicesViewModel::changed, this, &ServicePane::update);
    showDetail();
}

QList<QPair<QString, QString>> ServicePane::factsOf(const ServiceRow &row) const
{
    QList<QPair<QString, QString>> facts;
    QString state = u"%1 (%2)"_s.arg(row.activeState, row.subState);
    if (toMicros(row.since) > 0)
        state += tr(", %1").arg(RelativeTime::ago(row.since, m_model.asOf()));
    facts << qMakePair(tr("State"), visibleText(state));
    if (!row.result.isEmpty() && row.result != u"success")
        facts << qMakePair(tr("Result"), visibleText(row.result));
    if (row.restarts > 0)
        facts << qMakePair(tr("Restarts"), tr("%n automatic", nullptr, row.restarts));
    if (!row.fileState.isEmpty())
        facts << qMakePair(tr("At start"), visibleText(row.fileState));
    if (row.mainPid)
        facts << qMakePair(tr("Process"), QString::number(*row.mainPid));
    if (row.memoryBytes)
        facts << qMakePair(tr("Memory"), ServiceColumns::memoryText(row));
    if (!row.triggers.isEmpty())
        facts << qMakePair(tr("Starts"), visibleText(row.triggers));
    if (toMicros(row.next) > 0)
        facts << qMakePair(tr("Next run"), RelativeTime::exact(row.next));
    return facts;
}

void ServicePane::update()
{
    const ServiceRow *row = m_model.unit(m_model.looked());
    if (!row)
        return; // what was known of it stays
    m_facts->setFacts(factsOf(*row));
    QStringList notes;
    if (!row->description.isEmpty())
        notes << visibleText(row->description);
    if (row->isOwn)
        notes << tr("The agent runs in this unit.");
    if (row->isStale)
        notes << tr("Its files were changed since systemd read them (systemctl daemon-reload).");
    m_note->setText(notes.join(u'\n'));
}

void ServicePane::showDetail()
{
    m_title->setText(visibleText(m_model.looked()));
    update();
    const auto &detail = m_model.detail();
    const ShownError &problem = m_model.detailProblem();
    if (!detail) {
        const QString words = problem.isEmpty() ? tr("Reading...") : problem.words();
        put(m_log, m_logNote, {}, words);
        put(m_text, m_textNote, {}, words);
        return;
    }
    const QString asOf
        = problem.isEmpty() ? QString() : tr("Showing the last known state: %1").arg(problem.words());
    const QString log = detail->log.join(u'\n');
    QString logWords = asOf;
    if (!detail->hasJournal)
        logWords = tr("This node keeps no journal, so there are no lines to show.");
    else if (!detail->logProblem.isEmpty())
        logWords = tr("The journal could not be read: %1").arg(visibleText(detail->logProblem));
    else if (log.isEmpty())
        logWords = tr("It has written nothing to the journal.");
    put(m_log, m_logNote, log, logWords);
    QScrollBar *bar = m_log->view()->verticalScrollBar();
    bar->setValue(bar->maximum()); // the newest are at the end
    QString textWords = asOf;
    if (detail->text.isEmpty())
        textWords = tr("It has no unit file: %1").arg(visibleText(detail->textProblem));
    else if (detail->isTextCut)
        textWords = tr("Its files are long. Only the beginning is shown.");
    put(m_text, m_textNote, detail->text, textWords);
}

}
