#include "ui/shell/sidebar.h"

#include "ui/theme/flagbridge_style.h"

#include <QAbstractButton>
#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace fb {

namespace {

    class SidebarRow final : public QAbstractButton
    {
    public:
        SidebarRow(Icon icon, const QString &title, QWidget *parent) : QAbstractButton(parent), m_icon(icon)
        {
            setText(title);
            setAccessibleName(title);
            setCheckable(true);
            setFocusPolicy(Qt::TabFocus);
            setAttribute(Qt::WA_Hover);
        }
        QSize sizeHint() const override { return {80, themeOf(this).metrics().sidebarRow()}; }
        void setCount(int count, const QString &what)
        {
            m_count = count;
            setAccessibleDescription(what);
            setToolTip(what);
            update();
        }

    protected:
        void paintEvent(QPaintEvent *) override
        {
            const Theme &theme = themeOf(this);
            const Metrics &m = theme.metrics();
            QPainter painter(this);
            const QRect box = rect().adjusted(m.step(2), 0, -m.step(2), 0);
            if (isChecked() || underMouse())
                drawOutline(&painter, box, Metrics::kButtonRadius, Qt::transparent,
                            theme.color(isChecked() ? Token::NavSel : Token::SelectionIdle));
            if (isChecked())
                drawOutline(&painter,
                            QRectF(box.left(), box.top() + m.step(1.5), 3, box.height() - m.step(3)), 1.5,
                            Qt::transparent, theme.color(Token::Accent));
            if (hasFocus())
                drawFocusRing(&painter, theme, box, Metrics::kButtonRadius);
            const QColor tint = isChecked() ? theme.color(Token::AccentText) : theme.color(Token::Text2);
            painter.drawPixmap(box.left() + m.step(2.5), (height() - Metrics::kIcon) / 2,
                               theme.pixmap(m_icon, tint, Metrics::kIcon, devicePixelRatioF()));
            painter.setFont(theme.font(TextRole::Body));
            painter.setPen(theme.color(isChecked() ? Token::Text : Token::Text2));
            painter.drawText(box.adjusted(m.step(2.5) + Metrics::kIcon + m.step(2), 0, -m.step(2), 0),
                             Qt::AlignVCenter, text());
            if (m_count > 0)
                paintCount(painter, box);
        }

    private:
        void paintCount(QPainter &painter, const QRect &box)
        {
            const Theme &theme = themeOf(this);
            const Metrics &m = theme.metrics();
            const QString number = m_count > 999 ? QStringLiteral("999+") : QString::number(m_count);
            painter.setFont(theme.font(TextRole::SmallMedium));
            const int width = qMax(m.step(5), painter.fontMetrics().horizontalAdvance(number) + m.step(2.5));
            const QRect pill(box.right() - m.step(2) - width, box.center().y() - m.step(2.25), width,
                             m.step(4.5));
            drawOutline(&painter, pill, Metrics::kChipRadius, theme.toneOutline(Tone::Waiting),
                        theme.toneSoft(Tone::Waiting));
            painter.setPen(theme.toneText(Tone::Waiting));
            painter.drawText(pill, Qt::AlignCenter, number);
        }

        Icon m_icon;
        int m_count = 0;
    };

    class GroupTitle final : public QAbstractButton
    {
    public:
        GroupTitle(const QString &title, QWidget *parent) : QAbstractButton(parent)
        {
            setText(title);
            setAccessibleName(title);
            setCheckable(true);
            setChecked(true);
            setFocusPolicy(Qt::TabFocus);
        }
        QSize sizeHint() const override { return {80, themeOf(this).metrics().sidebarRow()}; }

    protected:
        void paintEvent(QPaintEvent *) override
        {
            const Theme &theme = themeOf(this);
            const Metrics &m = theme.metrics();
            QPainter painter(this);
            painter.drawPixmap(m.step(3), (height() - 12) / 2,
                               theme.pixmap(isChecked() ? Icon::Expand : Icon::Collapse,
                                            theme.color(Token::Text3), 12, devicePixelRatioF(),
                                            Stroke::Status));
            painter.setFont(theme.font(TextRole::SidebarGroup));
            painter.setPen(theme.color(Token::Text3));
            painter.drawText(rect().adjusted(m.step(3) + 12 + m.step(1), 0, 0, 0), Qt::AlignVCenter, text());
            if (hasFocus())
                drawFocusRing(&painter, theme, rect().adjusted(m.step(2), 1, -m.step(2), -1),
                              Metrics::kButtonRadius);
        }
    };
}

Sidebar::Sidebar(const QList<PageEntry> &entries, QWidget *parent) : QWidget(parent)
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(QStringLiteral("sidebar"));
    setAccessibleName(tr("Pages"));
    setFixedWidth(m.sidebarWidth());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, m.step(1.5), 1, m.step(2));
    column->setSpacing(0);
    QString group;
    QVBoxLayout *rows = nullptr;
    for (const PageEntry &entry : entries) {
        if (entry.group != group || !rows) {
            group = entry.group;
            auto *title = new GroupTitle(group, this);
            auto *box = new QWidget(this);
            rows = new QVBoxLayout(box);
            rows->setContentsMargins(0, 0, 0, m.step(1));
            rows->setSpacing(0);
            m_groups << title;
            title->setObjectName(QStringLiteral("navGroup-%1").arg(m_groups.size()));
            connect(title, &QAbstractButton::toggled, this, [this, box](bool unfolded) {
                box->setVisible(unfolded);
                emit foldedChanged();
            });
            column->addWidget(title);
            column->addWidget(box);
        }
        auto *row = new SidebarRow(entry.icon, entry.title, this);
        row->setObjectName(QStringLiteral("nav-") + entry.name);
        const QString name = entry.name;
        connect(row, &QAbstractButton::clicked, this, [this, row, name] {
            row->setChecked(true); // a second click does not leave the page
            emit chosen(name);
        });
        rows->addWidget(row);
        m_rows.insert(name, row);
    }
    column->addStretch(1);
}

void Sidebar::setCurrent(const QString &name)
{
    for (auto row = m_rows.constBegin(); row != m_rows.constEnd(); ++row)
        row.value()->setChecked(row.key() == name);
}

void Sidebar::setCount(const QString &name, int count, const QString &what)
{
    if (auto *row = dynamic_cast<SidebarRow *>(m_rows.value(name)))
        row->setCount(count, count > 0 ? what : QString());
}

void Sidebar::setFolded(const QStringList &groups)
{
    for (qsizetype i = 0; i < m_groups.size(); ++i)
        m_groups[i]->setChecked(!groups.contains(QString::number(i + 1)));
}

QStringList Sidebar::folded() const
{
    QStringList folded;
    for (qsizetype i = 0; i < m_groups.size(); ++i) {
        if (!m_groups[i]->isChecked())
            folded << QString::number(i + 1);
    }
    return folded;
}

void Sidebar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        setFixedWidth(themeOf(this).metrics().sidebarWidth());
}

void Sidebar::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Token::Chrome));
    painter.fillRect(QRect(width() - 1, 0, 1, height()), theme.color(Token::Border));
}

}
