#pragma once
// A search over recordings whose answer the test chooses; each search is one page, older ones come when asked for.

#include "models/nodes/sessions/recording_match.h"
#include "tests/support/models/fake_list_source.h"

namespace fb::test {

class FakeRecordingSearch : public FakeListSource<RecordingMatchRow, RecordingSearchSource>
{
public:
    void search(const QString &text, bool caseSensitive) override
    {
        searched << text;
        isCaseSensitive = caseSensitive;
        QStringList gone;
        for (const RecordingMatchRow &row : found)
            gone << row.id;
        news.removed(gone);
        set({.text = text, .isRunning = true});
        if (isHeld)
            return;
        later([this] { answer(); });
    }
    void stop() override
    {
        RecordingSearchState stopped = m_state;
        stopped.isRunning = false;
        stopped.isStopped = true;
        set(stopped);
    }
    const RecordingSearchState &state() const override { return m_state; }
    void setStateHandler(std::function<void()> changed) override { m_changed = std::move(changed); }

    void answer()
    {
        if (refusal) {
            set({.text = m_state.text});
            return news.failed(*std::exchange(refusal, std::nullopt));
        }
        if (!found.isEmpty())
            news.arrived(found);
        set({.text = m_state.text,
             .searched = 12,
             .matches = static_cast<int>(found.size()),
             .cut = cut,
             .unreadable = unreadable});
        news.complete(!olderPages.isEmpty());
    }

    static QList<RecordingMatchRow> sample(Instant now);
    QList<RecordingMatchRow> found;
    std::optional<ShownError> refusal;
    QStringList searched;
    bool isCaseSensitive = false;
    bool isHeld = false; // answer() is the test's to call
    int cut = 0;
    int unreadable = 0;

private:
    void set(const RecordingSearchState &state)
    {
        m_state = state;
        if (m_changed)
            m_changed();
    }

    RecordingSearchState m_state;
    std::function<void()> m_changed;
};

}
