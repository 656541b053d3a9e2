#pragma once
// A parameter of several values, a row for each (ux.md 6): texts, choices, or pairs of key and value; rows come and go by buttons, Enter
// in the last one adds another. Ui thread.

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace fb {

class RowEditor : public QWidget
{
    Q_OBJECT
public:
    enum class Kind { Texts, Pairs };

    // `name` is what screen readers call it; `choices`: what a text may be, empty: anything.
    RowEditor(const QString &objectName, const QString &name, Kind kind, const QStringList &choices = {},
              QWidget *parent = nullptr);

    QStringList values() const; // of pairs: one item, a JSON object; empty rows are left out
    void setValues(const QStringList &values);
    int rowCount() const { return static_cast<int>(m_rows.size()); }

signals:
    void edited();

protected:
    bool event(QEvent *event) override; // its outline of a wrong field is its fields'

private:
    struct Row {
        QWidget *box;
        QWidget *key; // of a pair
        QWidget *value;
    };
    QWidget *makeField(const QString &objectName, const QString &name);
    void addRow(const QString &key, const QString &value);
    void removeRow(const QWidget *box);
    void fill(const QStringList &values);
    void named(); // fields bear the number of their row

    Kind m_kind;
    QString m_name;
    QStringList m_choices;
    QVBoxLayout *m_column;
    QPushButton *m_add;
    QList<Row> m_rows;
};

}
