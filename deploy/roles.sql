-- The roles of the ledger in PostgreSQL, for an empty database or one that has them. Run by its owner, who is neither of them.
--   ledger_projector  owns the views (it makes, fills and drops the schemas views_<n>) and how far the bookings are
--   ledger_api        reads the views; owns the stores beside the log: identity, drafts, vault
-- Neither can do what the other does, so a projector that is taken over learns nothing of people, and an api nothing but its own.

DO $$
BEGIN
  IF to_regrole('ledger_projector') IS NULL THEN CREATE ROLE ledger_projector; END IF;
  IF to_regrole('ledger_api') IS NULL THEN CREATE ROLE ledger_api; END IF;
END $$;

ALTER ROLE ledger_projector WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 40;
ALTER ROLE ledger_api WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 100;

DO $$
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO ledger_projector, ledger_api', current_database());
  -- A generation of the views is a schema.
  EXECUTE format('GRANT CREATE ON DATABASE %I TO ledger_projector', current_database());
END $$;
REVOKE ALL ON SCHEMA public FROM PUBLIC;

-- What the projector makes the api may read, from the moment it is made: the views, and how far the bookings are.
ALTER DEFAULT PRIVILEGES FOR ROLE ledger_projector GRANT USAGE ON SCHEMAS TO ledger_api;
ALTER DEFAULT PRIVILEGES FOR ROLE ledger_projector GRANT SELECT ON TABLES TO ledger_api;

CREATE SCHEMA IF NOT EXISTS identity AUTHORIZATION ledger_api;
CREATE SCHEMA IF NOT EXISTS drafts AUTHORIZATION ledger_api;
CREATE SCHEMA IF NOT EXISTS vault AUTHORIZATION ledger_api;

-- The programs set times of their own, shorter ones; these hold for whoever else comes in by a role.
ALTER ROLE ledger_api SET statement_timeout = '30s';
ALTER ROLE ledger_api SET lock_timeout = '5s';
ALTER ROLE ledger_api SET idle_in_transaction_session_timeout = '15s';
-- A rebuild makes the keys of large tables in one statement each.
ALTER ROLE ledger_projector SET statement_timeout = '30min';
ALTER ROLE ledger_projector SET lock_timeout = '5s';
ALTER ROLE ledger_projector SET idle_in_transaction_session_timeout = '15s';
-- What is answered is on disk; compiling a plan takes longer than these short questions.
ALTER ROLE ledger_api SET synchronous_commit = 'on';
ALTER ROLE ledger_api SET jit = 'off';
