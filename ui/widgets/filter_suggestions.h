#pragma once
// The list under a filter line: what may be typed next, or what is wrong with what was typed. Never takes the focus. Ui thread.

#include "models/table/filter_suggest.h"
#include "ui/widgets/surface.h"

class QListWidget;

namespace fb {

class TextLabel;

class FilterSuggestions : public Surface
{
    Q_OBJECT
public:
    explicit FilterSuggestions(const QString &objectName, QWidget *window);

    void show(const QList<FilterSuggestion> &suggestions, const QRect &under); // in the window's coordinates
    void showProblem(const QString &problem, const QRect &under);
    void move(int step); // the chosen one; from none to the first or last
    const FilterSuggestion *chosen() const; // nullptr: none

signals:
    void taken(const fb::FilterSuggestion &suggestion); // by a click

private:
    void place(const QRect &under, int height);

    QListWidget *m_list;
    TextLabel *m_problem;
    QList<FilterSuggestion> m_suggestions;
};

}
