#pragma once
// Sessions > Recordings: words that stood on a screen, over all recordings, newest first; each match leads to its place in the player
// (spec/session-manager.md 5). Ui thread.

#include "models/nodes/sessions/recording_match.h"
#include "ui/records/record_page.h"

class QCheckBox;
class QLineEdit;
class QPushButton;

namespace fb {

class TextLabel;

class RecordingSearchPage : public RecordPage
{
    Q_OBJECT
public:
    explicit RecordingSearchPage(RecordingSearchViewModel &search, QWidget *parent = nullptr);

    void focusFilter() override; // the words
    ViewState view() const override; // find: the words that were searched
    void setView(const ViewState &view) override;

private:
    RecordPageSetup setup(RecordingSearchViewModel &search);
    void searchOrStop();
    void search();
    void update();
    void play(const QString &id);

    RecordingSearchViewModel &m_search;
    QLineEdit *m_words;
    QCheckBox *m_case;
    QPushButton *m_go; // or stop
    TextLabel *m_outcome;
};

}
