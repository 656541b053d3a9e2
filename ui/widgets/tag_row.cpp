#include "ui/widgets/tag_row.h"

#include "models/table/plain_tool_tip.h"
#include "ui/theme/flagbridge_style.h"
#include "ui/widgets/wrap_layout.h"

#include <QPainter>

namespace fb {

namespace {
    class TagLabel final : public QWidget
    {
    public:
        TagLabel(const QString &text, QWidget *parent) : QWidget(parent), m_text(text)
        {
            setAccessibleName(text);
            setToolTip(plainToolTip(text));
        }
        QSize sizeHint() const override
        {
            const Theme &theme = themeOf(this);
            return {tagWidth(theme, m_text), theme.metrics().chip() - 2};
        }

    protected:
        void paintEvent(QPaintEvent *) override
        {
            QPainter painter(this);
            paintTag(&painter, themeOf(this), rect(), m_text);
        }

    private:
        QString m_text;
    };
}

int tagWidth(const Theme &theme, const QString &text)
{
    return theme.texts().width(TextRole::Tiny, text) + theme.metrics().step(3);
}

void paintTag(QPainter *painter, const Theme &theme, const QRect &rect, const QString &text)
{
    drawOutline(painter, rect, Metrics::kBoxRadius, theme.color(Token::Border), theme.color(Token::Sunken));
    painter->setPen(theme.color(Token::Text2));
    const QRect inner = rect.adjusted(theme.metrics().step(1), 0, -theme.metrics().step(1), 0);
    theme.texts().draw(painter, inner, TextRole::Tiny, text, Qt::AlignHCenter, Qt::ElideRight);
}

TagRow::TagRow(QWidget *parent) : QWidget(parent)
{
    const int gap = themeOf(this).metrics().step(1.5);
    new WrapLayout(gap, gap, this);
}

void TagRow::setTags(const QStringList &tags)
{
    if (tags == m_tags)
        return;
    m_tags = tags;
    while (QLayoutItem *item = layout()->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const QString &tag : tags)
        layout()->addWidget(new TagLabel(tag, this));
    setVisible(!tags.isEmpty());
    updateGeometry();
}

}
