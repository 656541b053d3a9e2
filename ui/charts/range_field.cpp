#include "ui/charts/range_field.h"

#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QLineEdit>
#include <QMenu>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

RangeField::RangeField(const QString &objectName, std::function<Instant()> now, QWidget *parent)
    : QWidget(parent),
      m_now(std::move(now)),
      m_edit(new QLineEdit),
      m_note(new TextLabel(TextRole::Small, Token::Text3))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(objectName);
    m_edit->setObjectName(objectName + u"Edit"_s);
    m_edit->setAccessibleName(tr("Time shown"));
    m_edit->setToolTip(tr("Such as \"last 3 h\" or \"2026-11-20 10:00 to 12:00\""));
    m_edit->setMinimumWidth(m.lines(15));
    m_note->hide();
    auto *choices = makeIconButton(objectName + u"Choices"_s, Icon::Expand, tr("Choose the time shown"));
    choices->setProperty("fbOutlined", true);
    auto *menu = new QMenu(this);
    for (const int minutes : {15, 60, 180, 12 * 60, 24 * 60, 7 * 24 * 60, 15 * 24 * 60}) {
        const TimeRange range {.last = std::chrono::minutes(minutes)};
        connect(menu->addAction(TimeRangeText::text(range)), &QAction::triggered, this, [this, range] {
            setRange(range);
            emit rangeChanged(range);
        });
    }
    auto *line = new QHBoxLayout;
    line->setSpacing(m.step(1));
    line->addWidget(m_edit);
    line->addWidget(choices);
    line->addWidget(m_note);
    line->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(line);
    connect(choices, &QToolButton::clicked, this,
            [menu, choices] { menu->popup(choices->mapToGlobal(QPoint(0, choices->height() + 2))); });
    connect(m_edit, &QLineEdit::editingFinished, this, &RangeField::take);
    connect(m_edit, &QLineEdit::textEdited, this, [this] {
        if (!m_note->isHidden()) // live while it is wrong
            take();
    });
    setRange(m_range);
}

void RangeField::setRange(const TimeRange &range)
{
    m_range = range;
    m_edit->setText(TimeRangeText::text(range));
    m_note->hide();
    m_edit->setProperty("fbWrong", false);
    m_edit->update();
}

QString RangeField::problem() const { return m_note->isHidden() ? QString() : m_note->text(); }

void RangeField::take()
{
    if (m_edit->text() == TimeRangeText::text(m_range) && m_note->isHidden())
        return;
    const TimeRangeReading read = TimeRangeText::read(m_edit->text(), m_now());
    m_edit->setProperty("fbWrong", !read.range);
    m_edit->setAccessibleDescription(read.problem);
    m_edit->update();
    m_note->setVisible(!read.range);
    if (!read.range) {
        m_note->setTone(Tone::Failed);
        m_note->setText(read.problem);
        return;
    }
    const bool changed = *read.range != m_range;
    m_range = *read.range;
    if (!m_edit->hasFocus())
        m_edit->setText(TimeRangeText::text(m_range));
    if (changed)
        emit rangeChanged(m_range);
}

}
