#include "ui/nodes/fleet/tag_editor.h"

#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QGridLayout>
#include <QLineEdit>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

TagEditor::TagEditor(QWidget *parent)
    : QWidget(parent),
      m_grid(new QGridLayout),
      m_add(makeButton(u"tagAdd"_s, tr("Add a tag"), Icon::Add, ButtonKind::Plain))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"tagEditor"_s);
    m_grid->setHorizontalSpacing(m.step(2));
    m_grid->setVerticalSpacing(m.step(1));
    m_grid->setColumnStretch(0, 2);
    m_grid->setColumnStretch(1, 3);
    m_titles = {new TextLabel(tr("Key"), TextRole::Body, Token::Text2),
                new TextLabel(tr("Value"), TextRole::Body, Token::Text2)};
    for (int column = 0; column < m_titles.size(); ++column) {
        m_grid->addWidget(m_titles[column], 0, column);
        m_titles[column]->hide();
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(m.step(2));
    column->addLayout(m_grid);
    column->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_add, &QPushButton::clicked, this, [this] {
        addRow({});
        m_rows.last().key->setFocus();
    });
}

void TagEditor::setTags(const QList<NodeTag> &tags)
{
    while (!m_rows.isEmpty())
        removeRow(m_rows.last().key);
    for (const NodeTag &tag : tags)
        addRow(tag);
}

void TagEditor::addRow(const NodeTag &tag)
{
    Row row {.key = new QLineEdit(tag.key),
             .value = new QLineEdit(tag.value),
             .remove = makeIconButton(u"tagRemove"_s, Icon::Close, tr("Remove this tag")),
             .problem = new TextLabel(TextRole::Small)};
    const int number = static_cast<int>(m_rows.size());
    row.key->setObjectName(u"tagKey-%1"_s.arg(number));
    row.value->setObjectName(u"tagValue-%1"_s.arg(number));
    row.key->setAccessibleName(tr("Key of tag %1").arg(number + 1));
    row.value->setAccessibleName(tr("Value of tag %1").arg(number + 1));
    row.key->setMaxLength(1000); // the rules say what is too long; this only bounds a paste
    row.value->setMaxLength(1000);
    row.problem->setTone(Tone::Failed);
    row.problem->setWordWrap(true);
    row.problem->hide();
    const int line = m_grid->rowCount();
    m_grid->addWidget(row.key, line, 0);
    m_grid->addWidget(row.value, line, 1);
    m_grid->addWidget(row.remove, line, 2);
    m_grid->addWidget(row.problem, line + 1, 0, 1, 3);
    m_rows << row;
    for (QWidget *title : std::as_const(m_titles))
        title->show();
    for (QLineEdit *field : {row.key, row.value}) {
        connect(field, &QLineEdit::textEdited, this, [this, row] {
            if (!row.problem->isHidden()) // live while it is wrong
                check(row);
            emit edited();
        });
        connect(field, &QLineEdit::editingFinished, this, [this, row] { check(row); });
    }
    connect(row.remove, &QToolButton::clicked, this, [this, key = row.key] {
        removeRow(key);
        emit edited();
    });
    m_add->setEnabled(m_rows.size() < TagRules::kMostTags);
}

void TagEditor::removeRow(QLineEdit *key)
{
    const auto at
        = std::find_if(m_rows.begin(), m_rows.end(), [key](const Row &row) { return row.key == key; });
    if (at == m_rows.end())
        return;
    for (QWidget *part : std::initializer_list<QWidget *> {at->key, at->value, at->remove, at->problem}) {
        m_grid->removeWidget(part);
        part->disconnect(this);
        part->hide();
        part->deleteLater(); // its own click is still running
    }
    m_rows.erase(at);
    for (QWidget *title : std::as_const(m_titles))
        title->setVisible(!m_rows.isEmpty());
    m_add->setEnabled(true);
}

QList<NodeTag> TagEditor::tags() const
{
    QList<NodeTag> tags;
    for (const Row &row : m_rows) {
        if (!row.key->text().isEmpty() || !row.value->text().isEmpty())
            tags.append({row.key->text(), row.value->text()});
    }
    std::sort(tags.begin(), tags.end(), [](const NodeTag &a, const NodeTag &b) { return a.key < b.key; });
    return tags;
}

QString TagEditor::problemOf(const Row &row) const
{
    if (row.key->text().isEmpty() && row.value->text().isEmpty())
        return {};
    if (const QString problem = TagRules::keyProblem(row.key->text()); !problem.isEmpty())
        return problem;
    for (const Row &other : m_rows) {
        if (other.key == row.key)
            break;
        if (other.key->text() == row.key->text())
            return tr("Another tag has this key. Use each key only once.");
    }
    return TagRules::valueProblem(row.value->text());
}

bool TagEditor::check(const Row &row)
{
    const QString problem = problemOf(row);
    row.problem->setText(problem);
    row.problem->setVisible(!problem.isEmpty());
    const bool atValue = !problem.isEmpty() && problem == TagRules::valueProblem(row.value->text());
    row.key->setProperty("fbWrong", !problem.isEmpty() && !atValue);
    row.value->setProperty("fbWrong", atValue);
    row.key->setAccessibleDescription(atValue ? QString() : problem);
    row.value->setAccessibleDescription(atValue ? problem : QString());
    row.key->update();
    row.value->update();
    return problem.isEmpty();
}

bool TagEditor::isValid() const
{
    return std::all_of(m_rows.begin(), m_rows.end(),
                       [this](const Row &row) { return problemOf(row).isEmpty(); });
}

bool TagEditor::showProblems()
{
    bool valid = true;
    for (const Row &row : std::as_const(m_rows)) {
        if (check(row))
            continue;
        if (valid)
            (row.key->property("fbWrong").toBool() ? row.key : row.value)->setFocus();
        valid = false;
    }
    return valid;
}

}
