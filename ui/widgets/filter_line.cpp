#include "ui/widgets/filter_line.h"

#include "ui/theme/flagbridge_style.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>

namespace fb {

namespace {
    constexpr int kCross = 12;

    // "platform = Debian, Ubuntu": how a token reads.
    QString shownToken(const FilterToken &token)
    {
        const QString key = token.key.startsWith(QStringLiteral("tag:")) ? token.key.mid(4) : token.key;
        return QStringLiteral("%1 %2 %3")
            .arg(key, token.negated ? QStringLiteral("!=") : QStringLiteral("="),
                 token.values.join(QStringLiteral(", ")));
    }
}

FilterLine::FilterLine(const QString &objectName, QWidget *parent)
    : QWidget(parent),
      m_edit(new QLineEdit(this))
{
    setObjectName(objectName);
    m_edit->setObjectName(objectName + QStringLiteral("Edit"));
    m_edit->setFrame(false);
    m_edit->setAccessibleName(tr("Filter"));
    m_edit->installEventFilter(this);
    QPalette clear = m_edit->palette();
    clear.setColor(QPalette::Base, Qt::transparent);
    m_edit->setPalette(clear);
    m_edit->setAutoFillBackground(false);
    setFocusProxy(m_edit);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    connect(m_edit, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (text.endsWith(u' ') && text.contains(u'='))
            takeTokens();
        changed();
    });
    connect(m_edit, &QLineEdit::returnPressed, this, [this] {
        takeTokens();
        changed();
    });
}

QSize FilterLine::sizeHint() const
{
    const Metrics &m = themeOf(this).metrics();
    return {m.lines(20), m.fieldHeight()};
}

void FilterLine::setPlaceholder(const QString &text) { m_edit->setPlaceholderText(text); }

void FilterLine::setKeys(const QStringList &keys) { m_keys = keys; }

bool FilterLine::isKnown(const QString &key) const
{
    return key.startsWith(QStringLiteral("tag:")) ? m_keys.contains(QStringLiteral("tag:"))
                                                  : m_keys.contains(key);
}

void FilterLine::takeTokens()
{
    const std::optional<FilterToken> token = FilterToken::parse(m_edit->text().trimmed());
    const bool wrong = m_edit->text().contains(u'=') && (!token || !isKnown(token->key));
    m_edit->setProperty("fbWrong", wrong);
    setToolTip(wrong ? tr("Filter by one of: %1").arg(m_keys.join(QStringLiteral(", "))) : QString());
    if (!token || wrong) {
        update();
        return;
    }
    m_tokens << *token;
    m_edit->clear();
}

TableQuery FilterLine::query() const
{
    // While a token is being typed its text narrows nothing.
    const QString typed = m_edit->text();
    return {typed.contains(u'=') ? QString() : typed, m_tokens};
}

void FilterLine::setQuery(const TableQuery &query)
{
    m_tokens = query.tokens;
    m_edit->setText(query.text);
    changed();
}

void FilterLine::toggleToken(const FilterToken &token)
{
    if (!m_tokens.removeOne(token))
        m_tokens << token;
    changed();
}

void FilterLine::setCounts(int shown, int total)
{
    const QLocale locale;
    m_countText
        = shown == total ? QString() : tr("%1 of %2").arg(locale.toString(shown), locale.toString(total));
    layOut();
}

void FilterLine::changed()
{
    if (!m_edit->text().contains(u'='))
        m_edit->setProperty("fbWrong", false);
    layOut();
    emit queryChanged(query());
}

void FilterLine::layOut()
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    const QFontMetrics chipFont(theme.font(TextRole::SmallMedium));
    int x = m.step(2.5) + Metrics::kIcon + m.step(2);
    const int y = (height() - m.chip()) / 2;
    m_places.clear();
    for (const FilterToken &token : std::as_const(m_tokens)) {
        const int text = chipFont.horizontalAdvance(shownToken(token));
        const QRect chip(x, y, text + kCross + m.step(4.5), m.chip());
        m_places.append(
            {chip, QRect(chip.right() - kCross - m.step(1), y + (m.chip() - kCross) / 2, kCross, kCross)});
        x = chip.right() + m.step(1.5);
    }
    const int count = m_countText.isEmpty()
        ? 0
        : QFontMetrics(theme.font(TextRole::Small)).horizontalAdvance(m_countText) + m.step(3);
    m_edit->setGeometry(x, 2, qMax(40, width() - x - count - m.step(1)), height() - 4);
    update();
}

void FilterLine::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layOut();
}

bool FilterLine::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut))
        update();
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Backspace && m_edit->cursorPosition() == 0 && !m_edit->hasSelectedText()
            && !m_tokens.isEmpty()) {
            const QString last = m_tokens.takeLast().text(); // back into the line, to be changed
            m_edit->setText(last);
            return true;
        }
        if (key->key() == Qt::Key_Escape && !(m_edit->text().isEmpty() && m_tokens.isEmpty())) {
            clear();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FilterLine::mousePressEvent(QMouseEvent *event)
{
    for (qsizetype i = 0; i < m_places.size(); ++i) {
        if (m_places[i].cross.adjusted(-3, -3, 3, 3).contains(event->position().toPoint())) {
            m_tokens.removeAt(i);
            changed();
            return;
        }
    }
    m_edit->setFocus();
}

void FilterLine::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    const qreal ratio = devicePixelRatioF();
    QPainter painter(this);
    const bool wrong = m_edit->property("fbWrong").toBool();
    const QColor line = wrong ? theme.toneFill(Tone::Failed)
        : m_edit->hasFocus()  ? theme.color(Token::Focus)
                              : theme.color(Token::Field);
    drawOutline(&painter, rect(), Metrics::kButtonRadius, line, theme.color(Token::Base));
    if (m_edit->hasFocus() || wrong)
        drawOutline(&painter, rect().adjusted(1, 1, -1, -1), Metrics::kButtonRadius - 1, line,
                    Qt::transparent);
    painter.drawPixmap(m.step(2.5), (height() - Metrics::kIcon) / 2,
                       theme.pixmap(Icon::Filter, theme.color(Token::Text2), Metrics::kIcon, ratio));
    painter.setFont(theme.font(TextRole::SmallMedium));
    for (qsizetype i = 0; i < m_places.size(); ++i) {
        drawOutline(&painter, m_places[i].chip, Metrics::kChipRadius, Qt::transparent,
                    theme.color(Token::AccentSoft));
        painter.setPen(theme.color(Token::Text));
        painter.drawText(m_places[i].chip.adjusted(m.step(1.5), 0, 0, 0), Qt::AlignVCenter,
                         shownToken(m_tokens[i]));
        painter.drawPixmap(m_places[i].cross.topLeft(),
                           theme.pixmap(Icon::Close, theme.color(Token::Text2), kCross, ratio));
    }
    painter.setFont(theme.font(TextRole::Small));
    painter.setPen(theme.color(Token::Text3));
    painter.drawText(rect().adjusted(0, 0, -m.step(2.5), 0), Qt::AlignVCenter | Qt::AlignRight, m_countText);
}

}
