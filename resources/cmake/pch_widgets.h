#pragma once
#include "pch_core.h"

#include <QAbstractTableModel>
#include <QApplication>
#include <QBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QWidget>
