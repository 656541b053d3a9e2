#include "ui/nodes/runcommand/row_editor.h"

#include "ui/widgets/icon_button.h"

#include <QComboBox>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    QString textOf(const QWidget *field)
    {
        if (const auto *box = qobject_cast<const QComboBox *>(field))
            return box->currentText();
        return qobject_cast<const QLineEdit *>(field)->text();
    }
}

RowEditor::RowEditor(const QString &objectName, const QString &name, Kind kind, const QStringList &choices,
                     QWidget *parent)
    : QWidget(parent),
      m_kind(kind),
      m_name(name),
      m_choices(choices),
      m_column(new QVBoxLayout(this)),
      m_add(makeButton(objectName + u"-add"_s, kind == Kind::Pairs ? tr("Add a pair") : tr("Add a value"),
                       Icon::Add, ButtonKind::Plain))
{
    setObjectName(objectName);
    setAccessibleName(name);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(themeOf(this).metrics().step(1));
    m_column->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_add, &QPushButton::clicked, this, [this] {
        addRow({}, {});
        (m_kind == Kind::Pairs ? m_rows.last().key : m_rows.last().value)->setFocus();
        emit edited();
    });
    fill({});
}

QWidget *RowEditor::makeField(const QString &objectName, const QString &name)
{
    const Metrics &m = themeOf(this).metrics();
    if (!m_choices.isEmpty() && m_kind == Kind::Texts) {
        auto *box = new QComboBox;
        box->addItem({});
        box->addItems(m_choices);
        box->setObjectName(objectName);
        box->setAccessibleName(name);
        connect(box, &QComboBox::currentTextChanged, this, &RowEditor::edited);
        return box;
    }
    auto *line = new QLineEdit;
    line->setObjectName(objectName);
    line->setAccessibleName(name);
    line->setFixedWidth(m.lines(m_kind == Kind::Pairs ? 10 : 22));
    connect(line, &QLineEdit::textChanged, this, &RowEditor::edited);
    connect(line, &QLineEdit::returnPressed, m_add, &QPushButton::click);
    return line;
}

void RowEditor::addRow(const QString &key, const QString &value)
{
    const Metrics &m = themeOf(this).metrics();
    Row row {new QWidget, nullptr, nullptr};
    auto *line = new QHBoxLayout(row.box);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(m.toolGap());
    if (m_kind == Kind::Pairs) {
        row.key = makeField({}, {});
        qobject_cast<QLineEdit *>(row.key)->setText(key);
        line->addWidget(row.key);
    }
    row.value = makeField({}, {});
    if (auto *box = qobject_cast<QComboBox *>(row.value))
        box->setCurrentText(value);
    else
        qobject_cast<QLineEdit *>(row.value)->setText(value);
    line->addWidget(row.value);
    auto *remove = makeIconButton(objectName() + u"-remove"_s, Icon::Remove, tr("Remove this row"));
    line->addWidget(remove);
    line->addStretch(1);
    connect(remove, &QToolButton::clicked, this, [this, box = row.box] {
        removeRow(box);
        emit edited();
    });
    m_column->insertWidget(m_column->count() - 1, row.box);
    m_rows << row;
    named();
}

void RowEditor::removeRow(const QWidget *box)
{
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].box != box)
            continue;
        const Row gone = m_rows.takeAt(i);
        QWidget *next = m_rows.isEmpty() ? m_add : m_rows[qMin(i, m_rows.size() - 1)].value;
        next->setFocus(); // the keyboard stays here
        gone.box->hide();
        gone.box->deleteLater(); // its button is still at work
        m_column->removeWidget(gone.box);
    }
    named();
}

void RowEditor::named()
{
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const QString number = QString::number(i + 1);
        if (m_rows[i].key) {
            m_rows[i].key->setObjectName(objectName() + u"-key-"_s + QString::number(i));
            //: name of a field for screen readers; %1 a parameter, %2 the number of its row
            m_rows[i].key->setAccessibleName(tr("%1, key %2").arg(m_name, number));
        }
        m_rows[i].value->setObjectName(objectName() + u'-' + QString::number(i));
        //: name of a field for screen readers; %1 a parameter, %2 the number of its row
        m_rows[i].value->setAccessibleName(tr("%1, value %2").arg(m_name, number));
    }
    setFocusProxy(m_rows.isEmpty()    ? static_cast<QWidget *>(m_add)
                      : m_rows[0].key ? m_rows[0].key
                                      : m_rows[0].value);
}

QStringList RowEditor::values() const
{
    QStringList values;
    QJsonObject pairs;
    for (const Row &row : m_rows) {
        const QString value = textOf(row.value);
        if (row.key && (!textOf(row.key).isEmpty() || !value.isEmpty()))
            pairs.insert(textOf(row.key), value);
        else if (!row.key && !value.isEmpty())
            values << value;
    }
    if (!pairs.isEmpty())
        values << QString::fromUtf8(QJsonDocument(pairs).toJson(QJsonDocument::Compact));
    return values;
}

void RowEditor::setValues(const QStringList &values)
{
    fill(values);
    emit edited();
}

void RowEditor::fill(const QStringList &values)
{
    while (!m_rows.isEmpty())
        delete m_rows.takeLast().box;
    if (m_kind == Kind::Pairs) {
        const QJsonObject pairs = QJsonDocument::fromJson(values.value(0).toUtf8()).object();
        for (auto it = pairs.constBegin(); it != pairs.constEnd(); ++it)
            addRow(it.key(), it.value().toVariant().toString());
    } else {
        for (const QString &value : values)
            addRow({}, value);
    }
    if (m_rows.isEmpty())
        addRow({}, {});
}

bool RowEditor::event(QEvent *event)
{
    if (event->type() == QEvent::DynamicPropertyChange) {
        for (const Row &row : std::as_const(m_rows)) {
            for (QWidget *field : {row.key, row.value}) {
                if (!field)
                    continue;
                field->setProperty("fbWrong", property("fbWrong"));
                field->update();
            }
        }
    }
    return QWidget::event(event);
}

}
