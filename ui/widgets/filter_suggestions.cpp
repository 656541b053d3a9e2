#include "ui/widgets/filter_suggestions.h"

#include "models/table/visible_text.h"
#include "ui/theme/flagbridge_style.h"
#include "ui/widgets/text_label.h"

#include <QListWidget>
#include <QVBoxLayout>

namespace fb {

FilterSuggestions::FilterSuggestions(const QString &objectName, QWidget *window)
    : Surface(Token::Raised, window),
      m_list(new QListWidget(this)),
      m_problem(new TextLabel(TextRole::Small, Token::Text, this))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(objectName);
    setOutline(Token::BorderStrong, Metrics::kButtonRadius);
    m_list->setObjectName(objectName + QStringLiteral("List"));
    m_list->setAccessibleName(tr("Suggestions"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->viewport()->setAutoFillBackground(false);
    m_problem->setObjectName(objectName + QStringLiteral("Problem"));
    m_problem->setTone(Tone::Failed);
    m_problem->setWordWrap(true);
    m_problem->setContentsMargins(m.step(2), m.step(1), m.step(2), m.step(1));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, m.step(1), 1, m.step(1));
    column->setSpacing(0);
    column->addWidget(m_problem);
    column->addWidget(m_list);
    connect(m_list, &QListWidget::itemClicked, this, [this] {
        if (const FilterSuggestion *suggestion = chosen())
            emit taken(FilterSuggestion(*suggestion));
    });
    hide();
}

void FilterSuggestions::place(const QRect &under, int height)
{
    const Metrics &m = themeOf(this).metrics();
    const int width = qMin(m.lines(22), parentWidget()->width() - under.left() - m.step(2));
    setGeometry(under.left(), under.bottom() + m.step(1), width,
                qMin(height, parentWidget()->height() - under.bottom() - m.step(3)));
    QWidget::show();
    raise();
}

void FilterSuggestions::show(const QList<FilterSuggestion> &suggestions, const QRect &under)
{
    const Metrics &m = themeOf(this).metrics();
    m_suggestions = suggestions;
    m_list->clear();
    m_problem->hide();
    m_list->show();
    if (suggestions.isEmpty())
        return hide();
    for (const FilterSuggestion &suggestion : suggestions) {
        auto *item = new QListWidgetItem(visibleText(suggestion.label, 120), m_list);
        item->setSizeHint({10, m.compactRow()});
    }
    m_list->setCurrentRow(-1);
    place(under, static_cast<int>(suggestions.size()) * m.compactRow() + m.step(2) + 2);
}

void FilterSuggestions::showProblem(const QString &problem, const QRect &under)
{
    const Metrics &m = themeOf(this).metrics();
    m_suggestions.clear();
    m_list->clear();
    m_list->hide();
    m_problem->setText(visibleText(problem));
    m_problem->show();
    const int width = m.lines(22) - m.step(4);
    place(under, m_problem->heightForWidth(width) + m.step(3));
}

void FilterSuggestions::move(int step)
{
    const int count = m_list->count();
    if (count == 0)
        return;
    const int row = m_list->currentRow();
    m_list->setCurrentRow(row < 0 ? (step > 0 ? 0 : count - 1) : (row + step + count) % count);
}

const FilterSuggestion *FilterSuggestions::chosen() const
{
    const int row = m_list->currentRow();
    return isVisible() && row >= 0 && row < m_suggestions.size() ? &m_suggestions[row] : nullptr;
}

}
