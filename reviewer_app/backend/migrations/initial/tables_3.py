# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables of the first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from reviewer_app.backend.kit.database import UtcDateTime


# fmt: off
def create() -> None:
    """Make the tables of this part."""
    _create_staff_sign_ins()
    _create_decision_reasons()
    _create_decision_verdicts()
    _create_staff_accesses()
    _create_staff_spent_refreshes()

def _create_staff_sign_ins() -> None:
    op.create_table('staff_sign_ins',
        sa.Column('id', sa.String(length=32), nullable=False),
        sa.Column('account_id', sa.String(length=32), nullable=False),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.Column('refresh_digest', sa.String(length=64), nullable=False),
        sa.Column('refresh_expires_at', UtcDateTime(), nullable=False),
        sa.Column('ended_at', UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(['account_id'], ['staff_accounts.id'], name=op.f('fk_staff_sign_ins_account_id_staff_accounts')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_sign_ins')),
        sa.UniqueConstraint('refresh_digest', name=op.f('uq_staff_sign_ins_refresh_digest'))
    )

    _index_staff_sign_ins()

def _index_staff_sign_ins() -> None:
    op.create_index(op.f('ix_staff_sign_ins_account_id'), 'staff_sign_ins', ['account_id'], unique=False)
    op.create_index(op.f('ix_staff_sign_ins_refresh_expires_at'), 'staff_sign_ins', ['refresh_expires_at'], unique=False)

def _create_decision_reasons() -> None:
    op.create_table('decision_reasons',
        sa.Column('decision_id', sa.String(length=64), nullable=False),
        sa.Column('position', sa.SmallInteger(), nullable=False),
        sa.Column('document_id', sa.String(length=64), nullable=True),
        sa.Column('code', sa.String(length=60), nullable=False),
        sa.Column('note', sa.String(length=4000), nullable=True),
        sa.Column('field', sa.String(length=60), nullable=True), sa.Column('page', sa.Integer(), nullable=True),
        sa.Column('region', sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(['decision_id'], ['decisions.id'], name=op.f('fk_decision_reasons_decision_id_decisions')),
        sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_decision_reasons_document_id_documents')),
        sa.PrimaryKeyConstraint('decision_id', 'position', name=op.f('pk_decision_reasons'))
    )

def _create_decision_verdicts() -> None:
    op.create_table('decision_verdicts',
        sa.Column('decision_id', sa.String(length=64), nullable=False),
        sa.Column('document_id', sa.String(length=64), nullable=False),
        sa.Column('verdict', sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(['decision_id'], ['decisions.id'], name=op.f('fk_decision_verdicts_decision_id_decisions')),
        sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_decision_verdicts_document_id_documents')),
        sa.PrimaryKeyConstraint('decision_id', 'document_id', name=op.f('pk_decision_verdicts'))
    )

def _create_staff_accesses() -> None:
    op.create_table('staff_accesses',
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('sign_in_id', sa.String(length=32), nullable=False),
        sa.Column('expires_at', UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['sign_in_id'], ['staff_sign_ins.id'], name=op.f('fk_staff_accesses_sign_in_id_staff_sign_ins'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('digest', name=op.f('pk_staff_accesses'))
    )

    _index_staff_accesses()

def _index_staff_accesses() -> None:
    op.create_index(op.f('ix_staff_accesses_expires_at'), 'staff_accesses', ['expires_at'], unique=False)
    op.create_index(op.f('ix_staff_accesses_sign_in_id'), 'staff_accesses', ['sign_in_id'], unique=False)

def _create_staff_spent_refreshes() -> None:
    op.create_table('staff_spent_refreshes',
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('sign_in_id', sa.String(length=32), nullable=False),
        sa.Column('spent_at', UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['sign_in_id'], ['staff_sign_ins.id'], name=op.f('fk_staff_spent_refreshes_sign_in_id_staff_sign_ins'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('digest', name=op.f('pk_staff_spent_refreshes'))
    )

    _index_staff_spent_refreshes()

def _index_staff_spent_refreshes() -> None:
    op.create_index(op.f('ix_staff_spent_refreshes_sign_in_id'), 'staff_spent_refreshes', ['sign_in_id'], unique=False)
