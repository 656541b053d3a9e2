#include "ui/nodes/sessions/sessions_page.h"

#include "models/nodes/sessions/recording_export.h"
#include "models/table/visible_text.h"
#include "ui/nodes/sessions/mark_sheet.h"
#include "ui/nodes/sessions/player_page.h"
#include "ui/nodes/sessions/watch_page.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_sheet.h"
#include "ui/widgets/icon_button.h"

#include <QFileDialog>
#include <QPointer>
#include <QPushButton>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    const auto kRecorded = u"recorded"_s;

    bool isRecordedToken(const FilterToken &token) { return token.key == kRecorded; }

    bool hasRecordedToken(const TableQuery &query)
    {
        return std::any_of(query.tokens.begin(), query.tokens.end(), isRecordedToken);
    }
}

RecordPageSetup SessionsPage::setup(SessionsViewModel &sessions)
{
    using Column = SessionTable::Column;
    return {.address = u"sessions"_s,
            .title = tr("Sessions"),
            .tableName = tr("Sessions"),
            .placeholder = tr("Filter: type a word, or status=connected"),
            .emptyText = tr("No sessions yet. A session is a shell on a node that opens no port; it is "
                            "recorded from the first "
                            "byte. From a terminal: flagbridge-engine shell --data DIR --node ID."),
            .problemText = tr("The sessions could not be read."),
            .subtitle = [](int total) { return tr("%n session(s)", nullptr, total); },
            .columns = {{Column::Node, CellKind::Name, 10},
                        {Column::Status, CellKind::State, 8.5},
                        {Column::Owner, CellKind::Text, 7},
                        {Column::Started, CellKind::Number, 6.5},
                        {Column::Duration, CellKind::Number, 6},
                        {Column::Document, CellKind::Text, 12, false, false},
                        {Column::Reason, CellKind::Text, 9, true},
                        {Column::Bytes, CellKind::Number, 5.5, false, false},
                        {Column::Cause, CellKind::Text, 8, false, false},
                        {Column::Id, CellKind::Id, 10, false, false},
                        {Column::Recording, CellKind::Text, 5, false, false}},
            .sortColumn = Column::Started,
            .streams = false,
            .detail = [this, &sessions](const QString &id) -> std::optional<RecordDetail> {
                const SessionRow *row = sessions.values().value(id);
                if (!row)
                    return std::nullopt;
                RecordDetail detail {.title = row->nodeName,
                                     .id = row->id,
                                     .state = SessionTable::statusKind(row->status),
                                     .stateWord = SessionTable::statusWord(row->status),
                                     .facts = SessionTable::facts(*row, sessions.now()),
                                     .tags = {},
                                     .actions = {},
                                     .raw = row->raw};
                if (!row->isEnded())
                    detail.actions.append(
                        {.name = u"sessionResume"_s,
                         .text = tr("Resume"),
                         .icon = Icon::Start,
                         .run = [this, shown = *row] { emit resumeAsked(shown); },
                         .forbidden = row->isPort() ? tr("Tunnels are in the list of tunnels.") : QString(),
                         .changes = true,
                         .action = "ssm:ResumeSession"});
                if (!row->isEnded())
                    detail.actions.append(
                        {.name = u"sessionWatch"_s,
                         .text = tr("Watch"),
                         .icon = Icon::Watch,
                         .run = [this, id] { emit navigate(WatchPage::addressOf(id)); },
                         .forbidden = row->isPort() ? tr("A tunnel has no screen.") : QString()});
                if (!row->isEnded())
                    detail.actions.append({.name = u"sessionTerminate"_s,
                                           .text = tr("End"),
                                           .icon = Icon::Stop,
                                           .run = [this, id] { askTerminate(id); },
                                           .forbidden = {},
                                           .changes = true,
                                           .action = "ssm:TerminateSession"});
                detail.actions.append({.name = u"sessionPlay"_s,
                                       .text = tr("Play"),
                                       .icon = Icon::Start,
                                       .run = [this, id] { emit navigate(PlayerPage::addressOf(id)); },
                                       .forbidden = SessionTable::whyNoRecording(*row)});
                if (!row->isEnded() && row->recorded)
                    detail.actions.append({.name = u"sessionMark"_s,
                                           .text = tr("Mark"),
                                           .icon = Icon::Mark,
                                           .run = [this, id] { askMark(id); },
                                           .forbidden = {},
                                           .changes = true});
                if (row->isEnded()) // a running one is saved from its player
                    detail.actions.append({.name = u"sessionSaveRecording"_s,
                                           .text = tr("Save recording"),
                                           .icon = Icon::Export,
                                           .run = [this, id] { askWhereToSave(id); },
                                           .forbidden = SessionTable::whyNoRecording(*row)});
                return detail;
            }};
}

SessionsPage::SessionsPage(SessionsViewModel &sessions, QWidget *parent)
    : RecordPage(sessions, setup(sessions), parent),
      m_sessions(sessions),
      m_recordings(makeButton(u"sessionsRecordings"_s, {}))
{
    addAction(m_recordings);
    connect(m_recordings, &QPushButton::clicked, this,
            [this] { showRecordings(!hasRecordedToken(view().query())); });
    connect(this, &Page::viewChanged, this, &SessionsPage::updateRecordings);
    // Enter on one that has ended plays it.
    connect(this, &RecordPage::opened, this, [this](const QString &id) {
        const SessionRow *row = m_sessions.values().value(id);
        if (row != nullptr && row->isEnded() && row->recorded)
            emit navigate(PlayerPage::addressOf(id));
    });
    updateRecordings();
}

QString SessionsPage::recordingsAddress() { return u"sessions?filter=recorded%3Dyes"_s; }

void SessionsPage::showRecordings(bool only)
{
    ViewState wanted = view();
    TableQuery query = wanted.query();
    query.tokens.removeIf(isRecordedToken);
    if (only)
        query.tokens.append({.key = kRecorded, .values = {u"yes"_s}});
    wanted.setQuery(query);
    setView(wanted);
}

void SessionsPage::updateRecordings()
{
    m_recordings->setText(hasRecordedToken(view().query()) ? tr("All sessions") : tr("Recorded only"));
}

void SessionsPage::askTerminate(const QString &id)
{
    const SessionRow *row = m_sessions.values().value(id);
    if (!row)
        return;
    auto *sheet = new ConfirmSheet(
        {.name = u"session"_s,
         .question = tr("End the session of %1 on %2?").arg(row->owner, row->nodeName),
         .consequence = tr("Its shell and everything running in it are ended. The recording is kept."),
         .targets = {},
         .verb = tr("End the session")},
        window());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, id] {
        m_sessions.source().terminate(id, [self = QPointer<SessionsPage>(this)](const ShownError &problem) {
            if (self && !problem.isEmpty())
                self->banner().showProblem(problem, tr("The session was not ended."));
        });
    });
    sheet->ask();
}

void SessionsPage::askMark(const QString &id)
{
    const SessionRow *row = m_sessions.values().value(id);
    if (!row)
        return;
    auto *sheet = new MarkSheet(m_sessions.source(), id, row->nodeName, window());
    connect(sheet, &MarkSheet::marked, this, [this](const QString &label) {
        banner().showMessage(Tone::Success, Icon::Success, tr("The mark was set."), visibleText(label));
    });
    sheet->open();
}

void SessionsPage::askWhereToSave(const QString &id)
{
    auto *dialog
        = new QFileDialog(this, tr("Save the recording"), id + u".cast"_s, tr("Recordings (*.cast)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, id](const QString &path) { saveRecording(id, path); });
    dialog->open();
}

void SessionsPage::saveRecording(const QString &id, const QString &path)
{
    m_sessions.source().recording(
        id, RecordingExtent::Whole,
        [self = QPointer<SessionsPage>(this), path](const ShownError &problem, const SessionRecord &record) {
            if (!self)
                return;
            if (!problem.isEmpty())
                return self->banner().showProblem(problem, tr("The recording was not saved."));
            saveRecordingElsewhere(
                {.recording = {}, .cast = record.cast, .title = {}}, path, self,
                [self, path](const QString &fault) {
                    const bool saved = fault.isEmpty();
                    self->banner().showMessage(
                        saved ? Tone::Success : Tone::Failed, saved ? Icon::Success : Icon::Failed,
                        saved ? tr("The recording was saved.") : tr("The recording was not saved."),
                        saved ? tr("%1 can be played with any asciinema player.").arg(path) : fault);
                    self->banner().setAction({});
                });
        });
}

}
