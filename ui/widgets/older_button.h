#pragma once
// Under a list whose older rows wait in the store: reads some more; while something is filtered it searches all of them by itself and can be
// stopped (ux.md 3). Ui thread.

#include <QPushButton>
#include <QTimer>

namespace fb {

class FilterLine;
class LiveTableModel;
class OlderRows;

class OlderButton : public QPushButton
{
    Q_OBJECT
public:
    struct Words { // of what is listed
        QString load; // "Load older runs"
        QString reading; // "Reading older runs..."
        QString search; // "Search older runs"
        QString searching; // "Searching older runs, %1 read. Stop": %1 is how many
        QString bounded {}; // "The newest %1 events are searched"; of a list that shows no more
    };
    OlderButton(const QString &objectName, OlderRows &older, const LiveTableModel &rows,
                const FilterLine &filter, Words words);
    ~OlderButton() override;

private:
    void press();
    void update();
    bool isFiltered() const;

    OlderRows &m_older;
    const LiveTableModel &m_rows;
    const FilterLine &m_filter;
    Words m_words;
    QTimer m_typing; // a pause in it begins the search
};

}
