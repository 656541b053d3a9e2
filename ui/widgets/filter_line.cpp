#include "ui/widgets/filter_line.h"

#include "models/table/filter_suggest.h"
#include "models/table/visible_text.h"
#include "ui/theme/flagbridge_style.h"
#include "ui/widgets/filter_suggestions.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kCross = 12;
    constexpr int kMostSuggestions = 10;
    constexpr qsizetype kTokenChars = 40;
}

FilterLine::FilterLine(const QString &objectName, QWidget *parent)
    : QWidget(parent),
      m_edit(new QLineEdit(this))
{
    setObjectName(objectName);
    m_edit->setObjectName(objectName + u"Edit"_s);
    m_edit->setFrame(false);
    m_edit->setAccessibleName(tr("Filter"));
    m_edit->setWhatsThis(tr("Words narrow the table to the rows that contain all of them. A property, an "
                            "operator and a value become a token with Enter: = equals, ~ contains, < and > "
                            "compare; values separated by commas are alternatives.\nLeft moves into the "
                            "tokens, Enter edits one, Esc leaves it unchanged, Backspace removes the last."));
    m_edit->installEventFilter(this);
    QPalette clear = m_edit->palette();
    clear.setColor(QPalette::Base, Qt::transparent);
    m_edit->setPalette(clear);
    m_edit->setAutoFillBackground(false);
    setFocusProxy(m_edit);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    connect(m_edit, &QLineEdit::textEdited, this, &FilterLine::typed);
    connect(m_edit, &QLineEdit::returnPressed, this, &FilterLine::commit);
}

QSize FilterLine::sizeHint() const
{
    const Metrics &m = themeOf(this).metrics();
    return {m.lines(20), m.fieldHeight()};
}

void FilterLine::setPlaceholder(const QString &text) { m_edit->setPlaceholderText(text); }

void FilterLine::setTable(const LiveTableModel *table) { m_table = table; }

bool FilterLine::isToken() const
{
    if (!m_table)
        return false;
    const auto read = FilterSuggest::read(*m_table, m_edit->text());
    return read.token || !read.problem.isEmpty();
}

TableQuery FilterLine::query() const
{
    // While a token is being typed its text narrows nothing.
    const QString words = isToken() ? QString() : m_edit->text();
    return {m_aside.isEmpty() ? words : u"%1 %2"_s.arg(m_aside, words).trimmed(), m_tokens};
}

void FilterLine::setQuery(const TableQuery &query)
{
    m_tokens = query.tokens;
    m_chosen = -1;
    m_edited.reset();
    m_aside.clear();
    m_edit->setText(query.text);
    setProblem({});
    changed();
}

void FilterLine::toggleToken(const FilterToken &token)
{
    if (const qsizetype at = m_tokens.indexOf(token); at >= 0)
        return removeToken(at);
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

void FilterLine::typed()
{
    choose(-1);
    setProblem({});
    // Written without blanks around its sign, a token ends with a blank; else its values may hold some.
    const QString text = m_edit->text();
    const auto sign = FilterToken::findSign(text);
    if (text.endsWith(u' ') && sign && sign->at > 0 && !text.trimmed().contains(u' ') && m_table
        && FilterSuggest::read(*m_table, text).token)
        return commit();
    suggest();
    changed();
}

void FilterLine::commit()
{
    hideSuggestions();
    if (m_table && !m_edit->text().trimmed().isEmpty()) {
        const auto read = FilterSuggest::read(*m_table, m_edit->text().trimmed());
        if (read.token) {
            m_tokens.insert(m_edited ? m_insertAt : m_tokens.size(), *read.token);
            endEdit();
        }
        setProblem(read.problem);
    } else if (m_edited) { // all of it was taken out
        endEdit();
    }
    changed();
}

void FilterLine::setProblem(const QString &problem)
{
    m_problem = problem;
    m_edit->setAccessibleDescription(problem);
    if (!problem.isEmpty())
        suggestions().showProblem(problem, underText());
    else if (m_suggestions)
        hideSuggestions();
    update();
}

void FilterLine::take(const FilterSuggestion &suggestion)
{
    m_edit->setText(suggestion.typed);
    m_edit->setFocus();
    if (suggestion.isWhole)
        return commit();
    suggest();
    changed();
}

FilterSuggestions &FilterLine::suggestions()
{
    if (!m_suggestions) {
        m_suggestions = new FilterSuggestions(objectName() + u"Suggestions"_s, window());
        connect(m_suggestions, &FilterSuggestions::taken, this, &FilterLine::take);
        connect(this, &QObject::destroyed, m_suggestions, &QObject::deleteLater);
    }
    return *m_suggestions;
}

QRect FilterLine::underText() const { return {m_edit->mapTo(window(), QPoint(0, 0)), m_edit->size()}; }

void FilterLine::suggest()
{
    if (m_table)
        suggestions().show(FilterSuggest::next(*m_table, m_edit->text(), kMostSuggestions), underText());
}

void FilterLine::hideSuggestions()
{
    if (m_suggestions)
        m_suggestions->hide();
}

void FilterLine::choose(qsizetype token)
{
    if (m_chosen == token)
        return;
    m_chosen = token;
    if (token >= 0) {
        hideSuggestions();
        if (m_table)
            m_edit->setAccessibleDescription(FilterSuggest::shown(*m_table, m_tokens[token]));
    }
    layOut();
}

void FilterLine::endEdit()
{
    m_edited.reset();
    m_edit->setText(std::exchange(m_aside, {}));
}

void FilterLine::cancelEdit()
{
    m_tokens.insert(m_insertAt, *m_edited);
    endEdit();
    setProblem({});
    changed();
}

bool FilterLine::settleTyped(qsizetype &token)
{
    const QString text = m_edit->text().trimmed();
    const auto read
        = m_table && !text.isEmpty() ? FilterSuggest::read(*m_table, text) : FilterSuggest::Read();
    if (!read.problem.isEmpty()) {
        setProblem(read.problem);
        return false;
    }
    const qsizetype at = m_edited ? m_insertAt : m_tokens.size();
    if (!read.token && !text.isEmpty()) { // words: they go on narrowing
        m_aside = m_aside.isEmpty() ? text : m_aside + u' ' + text;
        if (m_edited)
            m_tokens.insert(at, *m_edited);
    } else if (read.token) {
        m_tokens.insert(at, *read.token);
    }
    if (m_edited && !text.isEmpty() && at <= token)
        ++token;
    m_edited.reset();
    m_edit->clear();
    return true;
}

void FilterLine::editToken(qsizetype token)
{
    if (!settleTyped(token))
        return;
    const FilterToken taken = m_tokens.takeAt(token);
    m_edited = taken;
    m_insertAt = token;
    m_chosen = -1;
    setProblem({});
    // In the words it shows, but a value that needs quotes keeps them.
    const QString sign = FilterToken::signOf(taken.op);
    const QString values = taken.text().mid(taken.key.size() + sign.size());
    const QString name = taken.key.startsWith(u"tag:") || !m_table
        ? taken.key
        : FilterSuggest::shown(*m_table, taken).section(sign, 0, 0).trimmed();
    m_edit->setText(u"%1 %2 %3"_s.arg(name, sign, values));
    changed();
}

void FilterLine::removeToken(qsizetype token)
{
    m_tokens.removeAt(token);
    if (m_edited && token < m_insertAt)
        --m_insertAt;
    m_chosen = -1;
    changed();
}

bool FilterLine::keyInTokens(const QKeyEvent &key)
{
    switch (key.key()) {
    case Qt::Key_Left:
        choose(qMax<qsizetype>(0, m_chosen - 1));
        return true;
    case Qt::Key_Right:
        choose(m_chosen + 1 < m_tokens.size() ? m_chosen + 1 : -1);
        return true;
    case Qt::Key_Home:
        choose(0);
        return true;
    case Qt::Key_End:
    case Qt::Key_Escape:
        choose(-1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F2:
        editToken(m_chosen);
        return true;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        removeToken(m_chosen);
        return true;
    default:
        return false;
    }
}

bool FilterLine::keyInSuggestions(const QKeyEvent &key)
{
    switch (key.key()) {
    case Qt::Key_Down:
    case Qt::Key_Up:
        m_suggestions->move(key.key() == Qt::Key_Down ? 1 : -1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Tab:
        if (const FilterSuggestion *chosen = m_suggestions->chosen()) {
            take(FilterSuggestion(*chosen));
            return true;
        }
        return false;
    case Qt::Key_Escape:
        hideSuggestions();
        return true;
    default:
        return false;
    }
}

bool FilterLine::paste()
{
    const QString text = QGuiApplication::clipboard()->text();
    if (!m_table || text.contains(u'\n') || !FilterToken::findSign(text))
        return false; // plain words, as into any field
    TableQuery pasted = TableQuery::fromText(text);
    QStringList words;
    for (const FilterToken &token : std::as_const(pasted.tokens)) {
        const auto read = FilterSuggest::read(*m_table, token.text());
        if (read.token)
            m_tokens << *read.token;
        else
            words << token.text(); // of another table: left as text, to be mended
    }
    if (!pasted.text.isEmpty())
        words << pasted.text;
    m_edit->insert(words.join(u' ')); // beside what is typed, or over what is marked of it
    const auto read = FilterSuggest::read(*m_table, m_edit->text());
    setProblem(read.problem);
    changed();
    return true;
}

// One step back: out of an edit, then the text away, then the tokens.
bool FilterLine::escape()
{
    if (m_edited) {
        cancelEdit();
        return true;
    }
    if (m_edit->text().isEmpty() && m_tokens.isEmpty())
        return false;
    setQuery({{}, m_edit->text().isEmpty() ? QList<FilterToken>() : m_tokens});
    return true;
}

bool FilterLine::keyPressed(const QKeyEvent &key)
{
    if (m_chosen >= 0 && keyInTokens(key))
        return true;
    if (m_suggestions && m_suggestions->isVisible() && m_problem.isEmpty() && keyInSuggestions(key))
        return true;
    const bool atStart = m_edit->cursorPosition() == 0 && !m_edit->hasSelectedText();
    if (atStart && !m_tokens.isEmpty() && m_chosen < 0) {
        if (key.key() == Qt::Key_Left) {
            choose(m_tokens.size() - 1);
            return true;
        }
        if (key.key() == Qt::Key_Backspace) {
            removeToken(m_tokens.size() - 1);
            return true;
        }
    }
    if (key.key() == Qt::Key_Down) {
        suggest();
        return true;
    }
    if (key.matches(QKeySequence::Copy) && !m_edit->hasSelectedText()) {
        QGuiApplication::clipboard()->setText(query().toText());
        return true;
    }
    if (key.matches(QKeySequence::Paste))
        return paste();
    if (key.key() == Qt::Key_Escape)
        return escape();
    return false;
}

bool FilterLine::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && event->type() == QEvent::FocusIn)
        update();
    if (watched == m_edit && event->type() == QEvent::FocusOut) {
        hideSuggestions();
        choose(-1);
        const Qt::FocusReason reason = static_cast<QFocusEvent *>(event)->reason();
        if (m_edited && reason != Qt::PopupFocusReason && reason != Qt::ActiveWindowFocusReason)
            commit(); // a token that is left narrows again
        update();
    }
    if (watched == m_edit && event->type() == QEvent::KeyPress
        && keyPressed(*static_cast<QKeyEvent *>(event)))
        return true;
    return QWidget::eventFilter(watched, event);
}

void FilterLine::changed()
{
    layOut();
    emit queryChanged(query());
}

void FilterLine::layOut()
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    const QFontMetrics chipFont(theme.font(TextRole::SmallMedium));
    const int count = m_countText.isEmpty()
        ? 0
        : QFontMetrics(theme.font(TextRole::Small)).horizontalAdvance(m_countText) + m.step(3);
    const int left = m.step(2.5) + Metrics::kIcon + m.step(2);
    const int room = width() - left - count - m.lines(6); // six lines are left to type in
    QList<int> widths;
    int needed = 0;
    for (const FilterToken &token : std::as_const(m_tokens)) {
        const QString text = m_table ? FilterSuggest::shown(*m_table, token) : token.text();
        widths << chipFont.horizontalAdvance(visibleText(text, kTokenChars)) + kCross + m.step(4.5);
        needed += widths.last() + m.step(1.5);
    }
    m_hidden = 0; // the first ones go where not all fit, but for the chosen one
    const int more = chipFont.horizontalAdvance(u"+99"_s) + m.step(3);
    while (m_hidden + 1 < m_tokens.size() && needed + (m_hidden > 0 ? more : 0) > room
           && (m_chosen < 0 || m_hidden < m_chosen))
        needed -= widths[m_hidden++] + m.step(1.5);
    int x = left + (m_hidden > 0 ? more : 0);
    const int y = (height() - m.chip()) / 2;
    m_places.clear();
    for (qsizetype token = m_hidden; token < m_tokens.size(); ++token) {
        const QRect chip(x, y, widths[token], m.chip());
        m_places.append(
            {token, chip,
             QRect(chip.right() - kCross - m.step(1), y + (m.chip() - kCross) / 2, kCross, kCross)});
        x = chip.right() + m.step(1.5);
    }
    m_edit->setGeometry(x, 2, qMax(40, width() - x - count - m.step(1)), height() - 4);
    update();
}

void FilterLine::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layOut();
}

void FilterLine::mousePressEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    for (const TokenPlace &place : std::as_const(m_places)) {
        if (place.cross.adjusted(-3, -3, 3, 3).contains(at))
            return removeToken(place.token);
        if (place.chip.contains(at)) {
            m_edit->setFocus();
            return editToken(place.token);
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
    const bool wrong = !m_problem.isEmpty();
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
    painter.setPen(theme.color(Token::Text2));
    if (m_hidden > 0)
        painter.drawText(QRect(m.step(2.5) + Metrics::kIcon + m.step(2), 0, width(), height()),
                         Qt::AlignVCenter, u"+%1"_s.arg(m_hidden));
    for (const TokenPlace &place : std::as_const(m_places)) {
        drawOutline(&painter, place.chip, Metrics::kChipRadius,
                    place.token == m_chosen ? theme.color(Token::Focus) : QColor(Qt::transparent),
                    theme.color(Token::AccentSoft));
        painter.setPen(theme.color(Token::Text));
        const QString text
            = m_table ? FilterSuggest::shown(*m_table, m_tokens[place.token]) : m_tokens[place.token].text();
        painter.drawText(place.chip.adjusted(m.step(1.5), 0, 0, 0), Qt::AlignVCenter,
                         visibleText(text, kTokenChars));
        painter.drawPixmap(place.cross.topLeft(),
                           theme.pixmap(Icon::Close, theme.color(Token::Text2), kCross, ratio));
    }
    painter.setFont(theme.font(TextRole::Small));
    painter.setPen(theme.color(Token::Text3));
    painter.drawText(rect().adjusted(0, 0, -m.step(2.5), 0), Qt::AlignVCenter | Qt::AlignRight, m_countText);
}

}
